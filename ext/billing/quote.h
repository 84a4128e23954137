/*
** A value as a message shows it: in quotes, shortened, on one line, valid UTF-8.
*/
#ifndef H2040_QUOTE_H
#define H2040_QUOTE_H

#include "text.h"

struct quoted {
  char z[64];
};

struct quoted h2040_quote(struct text t);

/* The length of the well-formed UTF-8 sequence at the head of t, which is not empty;
** 0: none. */
size_t h2040_utf8_length(struct text t);

#endif
