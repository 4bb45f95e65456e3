"""Times forward, backward and AdamW of the encoder in test/helpers/transformer.ts; prints the milliseconds of the fastest step."""
import math
import sys
import time

import torch
import torch.nn.functional as F

B, L, D, H, FF, C, LAYERS, THREADS, STEPS = map(int, sys.argv[1:])
torch.manual_seed(0)
torch.set_num_threads(THREADS)

w = {}


def parameter(name, *dims, around=0.0):
    w[name] = (around + 0.02 * torch.randn(*dims)).requires_grad_()


for i in range(LAYERS):
    parameter(f"{i}.qkv.weight", D, 3 * D)
    parameter(f"{i}.qkv.bias", 3 * D)
    parameter(f"{i}.out.weight", D, D)
    parameter(f"{i}.out.bias", D)
    parameter(f"{i}.up.weight", D, FF)
    parameter(f"{i}.up.bias", FF)
    parameter(f"{i}.down.weight", FF, D)
    parameter(f"{i}.down.bias", D)
    for norm in ("norm1", "norm2"):
        parameter(f"{i}.{norm}.scale", D, around=1.0)
        parameter(f"{i}.{norm}.bias", D)
parameter("head.weight", D, C)
parameter("head.bias", C)

x0 = torch.randn(B, L, D)
mask = torch.ones(B, L)
targets = torch.randint(0, C, (B,))
optimiser = torch.optim.AdamW(w.values(), lr=1e-4)
heads = lambda t: t.reshape(B, L, H, D // H).transpose(1, 2)


def step():
    x = x0
    for i in range(LAYERS):
        q, k, v = F.linear(x, w[f"{i}.qkv.weight"].T, w[f"{i}.qkv.bias"]).split(D, dim=-1)
        scores = heads(q) @ heads(k).transpose(2, 3) / math.sqrt(D // H)
        scores = scores + (1 - mask)[:, None, None, :] * -1e4
        mixed = (scores.softmax(-1) @ heads(v)).transpose(1, 2).reshape(B, L, D)
        x = x + F.linear(mixed, w[f"{i}.out.weight"].T, w[f"{i}.out.bias"])
        x = F.layer_norm(x, (D,), w[f"{i}.norm1.scale"], w[f"{i}.norm1.bias"])
        y = F.gelu(F.linear(x, w[f"{i}.up.weight"].T, w[f"{i}.up.bias"]))
        x = x + F.linear(y, w[f"{i}.down.weight"].T, w[f"{i}.down.bias"])
        x = F.layer_norm(x, (D,), w[f"{i}.norm2.scale"], w[f"{i}.norm2.bias"])
    pooled = F.normalize((x * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)
    loss = F.cross_entropy(pooled @ w["head.weight"] + w["head.bias"], targets)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(w.values(), 1.0)
    optimiser.step()


for _ in range(2):
    step()
times = []
for _ in range(STEPS):
    start = time.perf_counter()
    step()
    times.append((time.perf_counter() - start) * 1000)
print(torch.__version__, min(times))
