import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'

// What no page of ours ever asks of a browser. Camera and place are for the visit, keys of the device for signing in.
const DENIED = ['microphone', 'payment', 'usb', 'serial', 'hid', 'bluetooth', 'midi', 'accelerometer', 'gyroscope', 'magnetometer', 'displayCapture'] as const

// Behind https a year of nothing else; over plain http (a laptop, the loopback) the promise would shut people out.
export const overHttps = (origin?: string) => origin?.startsWith('https:') ?? false

// No inline script or style anywhere, so neither is allowed. Photos are shown from their own address or as a preview blob;
// the one data: picture is the pattern in our own stylesheet.
// What a route says for itself (a file, which may do nothing at all) stands.
export const headers = ({ tiles, origin }: { tiles?: string, origin?: string } = {}) => secureHeaders({
  overwrite: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: [...(tiles ? [new URL(tiles).origin] : []), "'self'", 'blob:', 'data:'],
    connectSrc: ["'self'"], manifestSrc: ["'self'"], workerSrc: ["'self'"], fontSrc: ["'self'"],
    formAction: ["'self'"], frameAncestors: ["'none'"], baseUri: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  strictTransportSecurity: overHttps(origin) && 'max-age=31536000; includeSubDomains',
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  permissionsPolicy: { camera: ['self'], geolocation: ['self'], ...Object.fromEntries(DENIED.map((feature) => [feature, []])), publickeyCredentialsGet: ['self'] },
})

// A script, a style or a picture is nobody's page: of all those rules it needs three lines. The rest would be a kilobyte on each of
// the first files, which over 50 kbit/s is a second of somebody's waiting.
export const staticHeaders = createMiddleware(async (c, next) => {
  await next()
  // Where there is no such file, a page says so.
  if (c.res.headers.has('Content-Security-Policy')) return
  c.header('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'")
  c.header('Cross-Origin-Resource-Policy', 'same-origin')
  c.header('X-Content-Type-Options', 'nosniff')
})
