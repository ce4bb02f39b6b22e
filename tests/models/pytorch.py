"""
Makes the PyTorch models among the tests' data: trains two small networks, and writes their weights as PyTorch names
and orders them (state_dict of nn.Sequential), with inputs and what PyTorch predicts for them.

Made by Debian 12's python3-torch 1.13.1 and python3-numpy: /usr/bin/python3 tests/models/pytorch.py tests/models/data
"""

import json
import os
import struct
import sys

import numpy as np
import torch
from torch import nn

torch.manual_seed(0)
torch.set_num_threads(1)
folder = sys.argv[1]


def trained(model, x, y):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    model.train()
    for _ in range(60):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    return model.eval()


def safetensors(arrays):
    """The bytes of a safetensors file, by the format's description."""
    header, values = {}, b""
    for name, a in arrays.items():
        raw = np.ascontiguousarray(a).tobytes()
        dtype = {"float32": "F32", "int64": "I64"}[str(a.dtype)]
        header[name] = {"dtype": dtype, "shape": list(a.shape), "data_offsets": [len(values), len(values) + len(raw)]}
        values += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + values


def weights(model):
    return {name: tensor.numpy() for name, tensor in model.state_dict().items()}


x = torch.randn(120, 4)
y = (x[:, 0] * x[:, 1] > 0).long() + (x[:, 2] > 0.5).long()
table = trained(
    nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.LeakyReLU(0.1), nn.Dropout(0.1), nn.Linear(8, 5), nn.LayerNorm(5), nn.Tanh(), nn.Linear(5, 3)),
    x,
    y,
)
np.savez(os.path.join(folder, "pytorch-table.npz"), **weights(table))

images = torch.randn(60, 2, 6, 5)
classes = (images.mean(dim=(1, 2, 3)) > 0).long()
pictures = trained(
    nn.Sequential(
        nn.Conv2d(2, 3, 3, padding=1),
        nn.BatchNorm2d(3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(3 * 3 * 2, 4),
        nn.ReLU(),
        nn.Linear(4, 2),
        nn.Softmax(dim=1),
    ),
    images,
    classes,
)
with open(os.path.join(folder, "pytorch-images.safetensors"), "wb") as file:
    file.write(safetensors(weights(pictures)))

with torch.no_grad():
    np.savez(
        os.path.join(folder, "pytorch-predictions.npz"),
        tableInput=x[:10].numpy(),
        tableOutput=table(x[:10]).numpy(),
        # camada has channels last
        imagesInput=images[:10].permute(0, 2, 3, 1).contiguous().numpy(),
        imagesOutput=pictures(images[:10]).numpy(),
    )
