import * as z from 'zod'

// Only a path of our own: "//elsewhere" would be another site. Browsers leave out tabs and line ends before they read an address, so
// "/<tab>/elsewhere" would be one too; no address of ours has such a sign, or a blank, as itself.
export const nextPath = z.string().regex(/^\/(?![/\\])[^\s\p{Cc}]*$/u).catch('/')
