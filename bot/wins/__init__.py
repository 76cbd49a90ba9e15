"""Small wins as people meet them: noticed, told, said in the channel, in the week's round-up, and hidden."""
