import { secureHeaders } from 'hono/secure-headers'

// No inline script or style anywhere, so neither is allowed. Photos are shown from their own address or as a preview blob.
export const headers = ({ tiles }: { tiles?: string } = {}) => secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: [...(tiles ? [new URL(tiles).origin] : []), "'self'", 'blob:', 'data:'],
    connectSrc: ["'self'"], manifestSrc: ["'self'"], workerSrc: ["'self'"], fontSrc: ["'self'"],
    formAction: ["'self'"], frameAncestors: ["'none'"], baseUri: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  permissionsPolicy: { camera: ['self'], geolocation: ['self'], microphone: [] },
})
