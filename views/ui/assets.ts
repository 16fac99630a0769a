// The build writes one hash per file; the server hands the map over once at start. Without it (tests) paths are plain.
let hashes: Record<string, string> = {}

export const setAssets = (map: Record<string, string>) => {
  hashes = map
}

export const assetUrl = (name: string) => (hashes[name] ? `/static/${name}?v=${hashes[name]}` : `/static/${name}`)
