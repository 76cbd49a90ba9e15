"""What a person opens to see where they are: App Home and the pages behind the commands."""
