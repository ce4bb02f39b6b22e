"""MNIST by PyTorch, with the settings that are given as JSON: a line of JSON after each epoch."""

import json
import math
import sys
import time

import numpy as np
import torch

job = json.loads(sys.argv[1])
torch.set_num_threads(job["threads"])
torch.manual_seed(0)


def digits(name):
    read = lambda file, header: np.fromfile(f"{job['folder']}/{name}-{file}-ubyte", np.uint8)[header:]
    images = read("images-idx3", 16).reshape(-1, job["widths"][0])
    return torch.from_numpy(images.astype(np.float32) / 255), torch.from_numpy(read("labels-idx1", 8).astype(np.int64))


x, y = digits("train")
test_x, test_y = digits("t10k")
layers = []
for i, width in enumerate(job["widths"][1:]):
    if i > 0:
        layers.append(torch.nn.ReLU())
    layers += [torch.nn.Dropout(job["drop"][i]), torch.nn.Linear(job["widths"][i], width)]
model = torch.nn.Sequential(*layers)
steps = math.ceil(len(x) / job["batchSize"]) * job["epochs"]
optimizer = torch.optim.Adam(model.parameters(), job["rate"])
schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: (1 + math.cos(math.pi * step / steps)) / 2)
loss = torch.nn.CrossEntropyLoss()
start = time.perf_counter()
for _ in range(job["epochs"]):
    model.train()
    order = torch.randperm(len(x))
    for rows in order.split(job["batchSize"]):
        optimizer.zero_grad()
        loss(model(x[rows]), y[rows]).backward()
        optimizer.step()
        schedule.step()
    model.eval()
    with torch.no_grad():
        accuracy = (model(test_x).argmax(1) == test_y).float().mean().item()
    print(json.dumps({"seconds": time.perf_counter() - start, "accuracy": accuracy}), flush=True)
