"""What templates ask about handing on."""
