"""The sponsor's weekly digest as people meet it: made, previewed, sent, chosen, and copied by e-mail."""
