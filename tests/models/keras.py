"""
Makes the second half of the Keras models among the tests' data: of the JSON of keras.mjs (layers, trained weights,
inputs and predictions of TensorFlow.js), the .keras files that Keras 3 would write: a zip archive of metadata.json,
config.json and model.weights.h5, laid out as in keras/src/saving/saving_lib.py of Keras 3. It is not Keras that
writes them, which neither Debian nor npm has. "chain" becomes a functional model, the others sequential ones.

Made by Debian 12's python3-h5py 3.7.0 and python3-numpy:
/usr/bin/python3 tests/models/keras.py keras.json tests/models/data
"""

import io
import json
import re
import sys
import zipfile

import h5py
import numpy as np

models = json.load(open(sys.argv[1]))
folder = sys.argv[2]
DTYPE = {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}, "registered_name": None}


def array(plain):
    return np.array(plain["values"], "float32").reshape(plain["shape"])


def snake(name):
    """Keras's to_snake_case."""
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def serialized(class_name, config):
    return {"module": "keras.layers", "class_name": class_name, "config": config, "registered_name": None}


def layer(old):
    """A layer as Keras 3 describes it."""
    class_name, config = old["class_name"], dict(old["config"])
    for key in ("batch_input_shape", "seed", "noise_shape"):
        config.pop(key, None)
    if class_name == "LeakyReLU":
        config["negative_slope"] = config.pop("alpha")
    config["dtype"] = DTYPE
    for key, value in config.items():
        if key.endswith("_initializer"):
            config[key] = {"module": "keras.initializers", **value, "registered_name": None}
    if class_name == "Dropout":
        config.update(seed=None, noise_shape=None)
    if class_name == "Conv2D":
        config["groups"] = 1
    return serialized(class_name, config)


def weights_file(layers, weights):
    """HDF5 as Keras's H5IOStore writes it: each layer's variables under its class and a number."""
    out, used = io.BytesIO(), {}
    with h5py.File(out, "w") as file:
        file.create_group("vars")
        for one, arrays in zip(layers, weights):
            name = snake(one["class_name"])
            if name in used:
                used[name] += 1
                name = f"{name}_{used[name]}"
            else:
                used[name] = 0
            group = file.create_group(f"layers/{name}").create_group("vars")
            for i, plain in enumerate(arrays):
                group[str(i)] = array(plain)
    return out.getvalue()


def functional(layers, batch_shape):
    """The same layers as a functional model, each applied to what comes out of the one before."""
    names = ["input_layer"] + [one["config"]["name"] for one in layers]
    first = {**serialized("InputLayer", input_config(batch_shape)), "name": "input_layer", "inbound_nodes": []}
    rest = []
    for one, before in zip(layers, names):
        tensor = {"shape": [None, None], "dtype": "float32", "keras_history": [before, 0, 0]}
        node = {"args": [{"class_name": "__keras_tensor__", "config": tensor}], "kwargs": {}}
        rest.append({**one, "name": one["config"]["name"], "inbound_nodes": [node]})
    config = {
        "name": "functional",
        "trainable": True,
        "layers": [first, *rest],
        "input_layers": [["input_layer", 0, 0]],
        "output_layers": [[names[-1], 0, 0]],
    }
    return {"module": "keras.src.models.functional", "class_name": "Functional", "config": config, "registered_name": "Functional"}


def input_config(batch_shape):
    return {"batch_shape": batch_shape, "dtype": "float32", "sparse": False, "ragged": False, "name": "input_layer"}


def sequential(layers, batch_shape):
    first = serialized("InputLayer", input_config(batch_shape))
    config = {"name": "sequential", "trainable": True, "dtype": DTYPE, "layers": [first, *layers], "build_input_shape": batch_shape}
    return {"module": "keras", "class_name": "Sequential", "config": config, "registered_name": None}


predictions = {}
for name, model in models.items():
    layers = [layer(one) for one in model["config"]["layers"]]
    batch_shape = [None, *model["input"]["shape"][1:]]
    config = (functional if name == "chain" else sequential)(layers, batch_shape)
    config["build_config"] = {"input_shape": batch_shape}
    weighted = [{"class_name": "InputLayer"}, *layers] if name == "chain" else layers
    arrays = [[], *model["weights"]] if name == "chain" else model["weights"]
    with zipfile.ZipFile(f"{folder}/keras-{name}.keras", "w") as file:
        files = {
            "metadata.json": json.dumps({"keras_version": "3.6.0", "date_saved": "2024-01-01@00:00:00"}),
            "config.json": json.dumps(config),
            "model.weights.h5": weights_file(weighted, arrays),
        }
        for path, content in files.items():
            file.writestr(zipfile.ZipInfo(path), content)
    predictions[f"{name}Input"], predictions[f"{name}Output"] = array(model["input"]), array(model["output"])
np.savez_compressed(f"{folder}/keras-predictions.npz", **predictions)
