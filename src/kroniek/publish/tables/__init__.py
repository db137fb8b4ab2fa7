"""The dataset: what its tables hold is said once, in the columns, and all else follows from them."""
