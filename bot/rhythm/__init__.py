"""The rhythm as people meet it: the calendar, its changes, a pause, what is said in answer to a wave."""
