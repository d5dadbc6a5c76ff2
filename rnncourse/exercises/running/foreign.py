"""Words of other libraries, and what NumPy calls the same thing."""

OTHERS = {"torch", "F", "nn", "tf", "tensorflow", "keras", "jax", "jnp"}
OTHERS |= {"scipy", "sklearn", "pandas"}
UNMADE = {
    "sigmoid": "1 / (1 + np.exp(-a))",
    "sigma": "1 / (1 + np.exp(-a))",
    "softmax": "np.exp(a), divided by its sum along an axis",
    "relu": "np.maximum(a, 0)",
}
TENSORS = {
    "append": "It grows by np.append, or by a list that is made an array.",
    "clone": "NumPy calls it copy.",
    "contiguous": "It can be left out.",
    "detach": "An array has no graph to be cut from; leave it out.",
    "dim": "NumPy calls it ndim, without brackets.",
    "matmul": "The product of matrices is written @.",
    "mm": "The product of matrices is written @.",
    "expand": "NumPy does that by itself, or by np.broadcast_to.",
    "float": "In NumPy, x.astype(float) makes floats.",
    "gather": "NumPy has np.take_along_axis for that.",
    "long": "In NumPy, x.astype(int) makes integers.",
    "masked_fill": "NumPy has np.where for that.",
    "numpy": "It is an array already.",
    "permute": "NumPy calls it transpose.",
    "t": "NumPy calls it T, without brackets.",
    "tanh": "It is a function of the array: np.tanh(...).",
    "exp": "It is a function of the array: np.exp(...).",
    "softmax": "It is np.exp(a), divided by its sum along an axis.",
    "sigmoid": "It is written as 1 / (1 + np.exp(-a)).",
    "unsqueeze": "In NumPy, x[:, None] puts in an axis.",
    "view": "NumPy calls it reshape.",
}
LISTS = {"insert", "extend", "pop", "remove", "reverse", "index"}
NAMES = {"cat": "concatenate", "mm": "matmul", "bmm": "matmul"}
