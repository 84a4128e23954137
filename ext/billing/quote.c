/* See quote.h. */
#include "quote.h"

#include <string.h>

size_t h2040_utf8_length(struct text t) {
  const unsigned char *z = (const unsigned char *)t.z;
  size_t length;
  if (z[0] < 0x80) return 1;
  if (z[0] < 0xC2 || z[0] > 0xF4) return 0;
  length = z[0] < 0xE0 ? 2 : z[0] < 0xF0 ? 3 : 4;
  if (t.n < length) return 0;
  for (size_t i = 1; i < length; i++) {
    if ((z[i] & 0xC0) != 0x80) return 0;
  }
  /* Neither overlong, nor half of a surrogate pair, nor beyond U+10FFFF. */
  if (z[0] == 0xE0 && z[1] < 0xA0) return 0;
  if (z[0] == 0xED && z[1] > 0x9F) return 0;
  if (z[0] == 0xF0 && z[1] < 0x90) return 0;
  if (z[0] == 0xF4 && z[1] > 0x8F) return 0;
  return length;
}

struct quoted h2040_quote(struct text t) {
  static const char ellipsis[] = "...";
  struct quoted out;
  size_t n = 0;
  out.z[n++] = '\'';
  while (t.n > 0) {
    size_t length = h2040_utf8_length(t);
    size_t used = length > 0 ? length : 1;
    if (n + used + sizeof ellipsis + 1 > sizeof out.z) {
      memcpy(out.z + n, ellipsis, sizeof ellipsis - 1);
      n += sizeof ellipsis - 1;
      break;
    }
    if (length == 0 || (unsigned char)t.z[0] < ' ' || t.z[0] == 0x7F) {
      out.z[n++] = '?';
    } else {
      memcpy(out.z + n, t.z, length);
      n += length;
    }
    t = (struct text){ t.z + used, t.n - used };
  }
  out.z[n++] = '\'';
  out.z[n] = 0;
  return out;
}
