"""Charts as pictures, drawn from their specifications without the libraries of charts."""
