/** Headers of Clearthread's own pages: nothing from elsewhere, nothing kept, in no frame. */

/** Of every page, whatever its content security policy. */
export const CLOSED_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-robots-tag': 'noindex',
};

/** Of a page on which somebody uses a passkey. `inline`: SHA-256, base64, of each script that stands in the page itself. */
export const pageHeaders = (inline: readonly string[] = []): Record<string, string> => ({
  'content-security-policy': [
    "default-src 'none'",
    ["script-src 'self'", ...inline.map((hash) => `'sha256-${hash}'`)].join(' '),
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  ...CLOSED_HEADERS,
  'permissions-policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self)',
});
