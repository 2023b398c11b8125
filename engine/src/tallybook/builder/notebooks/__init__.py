"""The chapters as notebooks, and the kernels that run them."""
