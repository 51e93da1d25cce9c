#ifndef MANDATE_REMIND_WEBHOOK_H
#define MANDATE_REMIND_WEBHOOK_H

#define WEBHOOK_SIGNATURE 65 /* 64 digits and a NUL */

/* HMAC-SHA-256 of "TIMESTAMP.BODY" in hexadecimal, as the receiver computes it. */
void webhook_sign(const char *secret, const char *timestamp, const char *body, char out[WEBHOOK_SIGNATURE]);

#endif
