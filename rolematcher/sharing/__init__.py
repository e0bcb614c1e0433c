"""What others see: links without an account, questions to hiring managers; and erasing."""
