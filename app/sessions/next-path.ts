import * as z from 'zod'

// Only a path of our own: "//elsewhere" would be another site.
export const nextPath = z.string().regex(/^\/(?![/\\])/).catch('/')
