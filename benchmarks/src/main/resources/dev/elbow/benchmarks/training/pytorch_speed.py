"""Training speed of PyTorch, eager, on one thread: the baseline of `elbow benchmark training`.

The same network, minibatches, loss and alternating steps as Elbow's, float32 as is PyTorch's
default. A round runs the encoder once, for the theta-step does not move it, and neither step
computes gradients that it does not need.

usage: pytorch_speed.py FEATURES HIDDEN,HIDDEN LATENTS BATCH SECONDS
"""

import ctypes
import json
import math
import os
import re
import sys
import time

import torch
from torch import nn

ROWS = 8192
LEARNING_RATE = 3e-3


def hidden_layers(widths):
    layers = []
    for width, following in zip(widths, widths[1:]):
        layers += [nn.Linear(width, following), nn.SiLU()]
    return nn.Sequential(*layers)


class Encoder(nn.Module):
    def __init__(self, widths, latents):
        super().__init__()
        self.hidden = hidden_layers(widths)
        self.mu = nn.Linear(widths[-1], latents)
        self.log_var = nn.Linear(widths[-1], latents)

    def forward(self, x):
        h = self.hidden(x)
        return self.mu(h), self.log_var(h).clamp(-12, 6)


class Decoder(nn.Module):
    LO, HI = 2 * math.log(0.2), 0.0

    def __init__(self, widths, latents):
        super().__init__()
        backwards = [latents] + widths[:0:-1]
        self.hidden = hidden_layers(backwards)
        self.mean = nn.Linear(backwards[-1], widths[0])
        self.log_var = nn.Linear(backwards[-1], widths[0])

    def forward(self, z):
        h = self.hidden(z)
        return self.mean(h), self.LO + (self.HI - self.LO) * torch.sigmoid(self.log_var(h) + 2)


def reconstruction(x, mean, log_var):
    squared = (x - mean).square() * torch.exp(-log_var)
    return 0.5 * (math.log(2 * math.pi) + log_var + squared).sum() / len(x)


def kl(mu, log_var):
    return 0.5 * (torch.expm1(log_var) - log_var + mu.square()).sum() / len(mu)


def draw(mu, log_var):
    return mu + torch.exp(0.5 * log_var) * torch.randn_like(mu)


class Alternating:
    def __init__(self, features, hidden, latents, batch):
        torch.manual_seed(1)
        self.x = torch.randn(ROWS, features)
        self.encoder = Encoder([features] + hidden, latents)
        self.decoder = Decoder([features] + hidden, latents)
        self.theta = list(self.decoder.parameters())
        self.theta_adam = torch.optim.Adam(self.theta, LEARNING_RATE, (0.9, 0.99))
        self.phi_adam = torch.optim.Adam(self.encoder.parameters(), LEARNING_RATE, (0.9, 0.99))
        self.batch = batch
        self.next = ROWS

    def minibatch(self):
        if self.next + self.batch > ROWS:
            self.order = torch.randperm(ROWS)
            self.next = 0
        self.next += self.batch
        return self.x[self.order[self.next - self.batch : self.next]]

    def round(self):
        x = self.minibatch()
        mu, log_var = self.encoder(x)
        # theta-step, phi held: nothing flows back beyond z
        with torch.no_grad():
            z = draw(mu, log_var)
        self.theta_adam.zero_grad(set_to_none=True)
        reconstruction(x, *self.decoder(z)).backward()
        self.theta_adam.step()
        # phi-step, theta held: the decoder hands gradients on to z and keeps none
        for parameter in self.theta:
            parameter.requires_grad_(False)
        self.phi_adam.zero_grad(set_to_none=True)
        loss = reconstruction(x, *self.decoder(draw(mu, log_var))) + kl(mu, log_var)
        loss.backward()
        self.phi_adam.step()
        for parameter in self.theta:
            parameter.requires_grad_(True)
        return loss.item()


def rate(fit, seconds):
    """Rows per second of this thread's processor time: eager, on one thread, it does all the work."""
    rounds = 0
    begin = time.thread_time()
    while time.thread_time() < begin + seconds:
        if not math.isfinite(fit.round()):
            sys.exit("the loss is not finite")
        rounds += 1
    return rounds * fit.batch / (time.thread_time() - begin)


def engine():
    capability = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
    return "PyTorch %s float32, element-wise %s, products %s" % (
        torch.__version__, capability.group(1) if capability else "?", products())


def products():
    """Which library multiplies, as far as that can be seen: it makes a difference of several times."""
    if torch.backends.mkl.is_available():
        return "MKL"
    for line in open("/proc/self/maps") if sys.platform == "linux" else []:
        if re.search(r"/lib(open)?blas[^/]*\.so", line):
            library = os.path.realpath(line.split()[-1])
            try:
                core = ctypes.CDLL(library).openblas_get_corename
            except AttributeError:
                return library
            core.restype = ctypes.c_char_p
            return "OpenBLAS, kernels for %s" % core().decode()
    return "unknown"


def main(features, hidden, latents, batch, seconds):
    torch.set_num_threads(1)
    widths = [int(width) for width in hidden.split(",")]
    fit = Alternating(int(features), widths, int(latents), int(batch))
    rate(fit, float(seconds) / 2)  # warms caches, allocator and kernels up
    measured = rate(fit, float(seconds))
    print(json.dumps({"samplesPerSecond": measured, "engine": engine()}))


main(*sys.argv[1:])
