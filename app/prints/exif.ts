import ExifReader from 'exifreader'

// What the phone wrote into the photo: when, by its own clock, and where. A photo without it says nothing.
export type Exif = { takenAt: string | null, latitude: number | null, longitude: number | null }

const NOTHING: Exif = { takenAt: null, latitude: null, longitude: null }

export function readExif(bytes: Buffer): Exif {
  try {
    const { exif = {}, gps = {} } = ExifReader.load(bytes, { expanded: true, includeUnknown: false })
    return { takenAt: timeOf(exif), ...placeOf(gps) }
  } catch {
    return NOTHING
  }
}

type Tags = Record<string, { description?: string } | undefined>

// "2026:11:24 09:15:02", with the offset if the phone wrote one. A time without one stays without.
function timeOf(exif: object): string | null {
  const { DateTimeOriginal: at, OffsetTimeOriginal: offset } = exif as Tags
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)/.exec(at?.description ?? '')
  if (!found) return null
  const [, year, month, day, hour, minute, second] = found
  const zone = /^[+-]\d\d:\d\d$/.exec(offset?.description ?? '')?.[0] ?? ''
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`
  return Number.isNaN(Date.parse(time)) ? null : time
}

// Some phones write 0, 0 while they know no place.
function placeOf({ Latitude, Longitude }: { Latitude?: number, Longitude?: number }): Omit<Exif, 'takenAt'> {
  const known = isWithin(Latitude, 90) && isWithin(Longitude, 180) && (Latitude !== 0 || Longitude !== 0)
  return known ? { latitude: Latitude!, longitude: Longitude! } : { latitude: null, longitude: null }
}

const isWithin = (degrees: number | undefined, most: number) => degrees !== undefined && Number.isFinite(degrees) && Math.abs(degrees) <= most
