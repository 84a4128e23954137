# make wheel: the Python wheel, by the standard library alone.
#
#   python3 ext/package/wheel.py VERSION SYSTEM CPU GLIBC LIBRARY DIST
#
# GLIBC is the oldest that the library runs with, empty where it is built for musl.
#
# A wheel is a zip with three files of metadata (the binary distribution format of
# the Python Packaging User Guide).  The code is pure and holds for every Python 3;
# the library makes it a wheel of one platform.

import base64
import hashlib
import os
import sys
import time
import zipfile

version, system, cpu, glibc, library, dist = sys.argv[1:]
here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))


def platform_tags():
    if system == "windows":
        return [{"x86_64": "win_amd64", "aarch64": "win_arm64"}.get(cpu, "win32")]
    if system == "macos":
        return ["macosx_11_0_arm64" if cpu in ("arm64", "aarch64") else "macosx_10_13_x86_64"]
    if not glibc:
        return ["musllinux_1_1_" + cpu]
    # manylinux_2_17 is the oldest that pip still takes; newer needs are named as they are.
    minor = int(glibc.split(".")[1])
    if minor <= 17:
        return ["manylinux_2_17_" + cpu, "manylinux2014_" + cpu]
    return ["manylinux_2_%d_%s" % (minor, cpu)]


def read(*path):
    with open(os.path.join(*path), "rb") as file:
        return file.read()


def digest(content):
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


tags = platform_tags()
info = "h2040-%s.dist-info/" % version
metadata = "\n".join([
    "Metadata-Version: 2.1",
    "Name: h2040",
    "Version: " + version,
    "Summary: SQLite extension that audits claim lines billed under HCPCS code H2040",
    "License: MIT",
    "Keywords: sqlite,medical-billing,hcpcs,claims,audit",
    "Requires-Python: >=3.7",
    "Description-Content-Type: text/markdown",
    "",
    read(here, "python", "README.md").decode(),
])
wheel = "\n".join(
    ["Wheel-Version: 1.0", "Generator: h2040", "Root-Is-Purelib: false"] + ["Tag: py3-none-" + tag for tag in tags] + [""])
files = {
    "h2040/__init__.py": read(here, "python", "__init__.py").replace(b"@VERSION@", version.encode()),
    "h2040/" + os.path.basename(library): read(library),
    info + "LICENSE": read(root, "LICENSE"),
    info + "METADATA": metadata.encode(),
    info + "WHEEL": wheel.encode(),
}
record = ["%s,%s,%d" % (name, digest(content), len(content)) for name, content in files.items()]
files[info + "RECORD"] = ("\n".join(record + [info + "RECORD,,"]) + "\n").encode()

day = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), 315532800))[:6]  # a zip knows no day before 1980
path = os.path.join(dist, "h2040-%s-py3-none-%s.whl" % (version, ".".join(tags)))
with zipfile.ZipFile(path, "w") as archive:
    for name, content in files.items():
        entry = zipfile.ZipInfo(name, day)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = (0o755 if name.endswith((".so", ".dylib")) else 0o644) << 16
        archive.writestr(entry, content)
print(path)
