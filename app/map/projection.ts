// Web Mercator, as map tiles have it, in whole numbers: x and y run from 0 to 2^26 over the whole world.
export const WORLD_BITS = 26
const WORLD = 2 ** WORLD_BITS
export const TILE = 256

export type Place = { latitude: number, longitude: number }
export type Point = { x: number, y: number }
export type View = Place & { zoom: number }

// The drawing's own size; the page lets it grow and shrink.
export const WIDTH = 720
export const HEIGHT = 540

// zoom as of map tiles: at zoom z the world is 256 · 2^z dots wide. 4 shows the country, 18 a few houses.
export const WIDEST = 4
export const CLOSEST = 18

// Beyond these latitudes the projection has no end.
const inside = (latitude: number) => Math.max(-85, Math.min(85, latitude))

export function project({ latitude, longitude }: Place): Point {
  const sine = Math.sin(inside(latitude) * Math.PI / 180)
  return {
    x: Math.floor((longitude + 180) / 360 * WORLD),
    y: Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD),
  }
}

export const unproject = ({ x, y }: Point): Place => ({
  longitude: x / WORLD * 360 - 180,
  latitude: Math.atan(Math.sinh(Math.PI * (1 - 2 * y / WORLD))) * 180 / Math.PI,
})

// How many units of x and y one dot of the drawing covers.
export const unitsPerDot = (zoom: number) => WORLD / (TILE * 2 ** zoom)

export type Box = { left: number, right: number, top: number, bottom: number }

export function boxOf(view: View): Box {
  const { x, y } = project(view)
  const [across, down] = [WIDTH / 2 * unitsPerDot(view.zoom), HEIGHT / 2 * unitsPerDot(view.zoom)]
  return { left: x - across, right: x + across, top: y - down, bottom: y + down }
}

// Where something lies on the drawing.
export function drawnAt(view: View, { x, y }: Point): Point {
  const { left, top } = boxOf(view)
  const units = unitsPerDot(view.zoom)
  return { x: (x - left) / units, y: (y - top) / units }
}

// The view moved by so many dots of the drawing.
export function moved(view: View, right: number, down: number): View {
  const { x, y } = project(view)
  const units = unitsPerDot(view.zoom)
  return { ...unproject({ x: x + right * units, y: y + down * units }), zoom: view.zoom }
}

export const zoomed = (view: View, zoom: number): View => ({ ...view, zoom: Math.max(WIDEST, Math.min(CLOSEST, zoom)) })

// The closest view that shows all of these, also where a narrow screen cuts the sides off.
// around: units that each may reach beyond its point.
export function viewOf(points: Point[], around = 0): View | undefined {
  if (points.length === 0) return undefined
  const [left, right] = reach(points.map(({ x }) => x), around)
  const [top, bottom] = reach(points.map(({ y }) => y), around)
  let zoom = 14
  while (zoom > WIDEST && ((right - left) > WIDTH * 0.64 * unitsPerDot(zoom) || (bottom - top) > HEIGHT * 0.8 * unitsPerDot(zoom))) zoom -= 1
  return { ...unproject({ x: (left + right) / 2, y: (top + bottom) / 2 }), zoom }
}

const reach = (values: number[], around: number): [number, number] =>
  [values.reduce((a, b) => Math.min(a, b)) - around, values.reduce((a, b) => Math.max(a, b)) + around]

// Metres on the ground for one dot at this latitude.
export const metresPerDot = ({ latitude, zoom }: View) => 40_075_017 * Math.cos(latitude * Math.PI / 180) / (TILE * 2 ** zoom)
