// How sharp and how bright a photo is, by its grey pixels. Pure: the phone measures with it before the photo is sent, the server
// once more when it has come, so that nothing is gained by leaving the phone's advice out.
export type GreyPixels = { width: number, height: number, data: ArrayLike<number> }

// sharpness: 100 where edges are as narrow as the pixels allow, 50 where twice that, 0 where nothing has an edge. null: a picture
// without edges, of which nothing can be said. brightness: the mean, 0 to 255. dark, bright: percent of pixels that show nothing.
export type Measured = { sharpness: number | null, brightness: number, dark: number, bright: number }

// Measured on a picture of this length, whatever the photo's own: so numbers can be compared.
export const MEASURED_LONGEST = 640

const DARK = 32
const BRIGHT = 250

export function measureLook(grey: GreyPixels): Measured {
  const { data } = grey
  const percent = (count: number) => Math.round(100 * count / data.length)
  let [sum, dark, bright] = [0, 0, 0]
  for (let at = 0; at < data.length; at += 1) {
    const value = data[at]!
    sum += value
    if (value < DARK) dark += 1
    if (value > BRIGHT) bright += 1
  }
  return { sharpness: sharpnessOf(grey), brightness: Math.round(sum / data.length), dark: percent(dark), bright: percent(bright) }
}

// A hand that shook blurs one direction only, so the worse of the two counts.
function sharpnessOf({ width, height, data }: GreyPixels): number | null {
  const narrow = (step: number, weakest: number) => narrowness(data, step, weakest, { width, height })
  const found = [1, width].map((step) => narrow(step, WEAKEST_EDGES[0]!) ?? narrow(step, WEAKEST_EDGES[1]!)).filter((one): one is number => one !== null)
  return found.length === 0 ? null : Math.min(100, Math.round(100 * Math.min(...found)))
}

// Weaker changes may be grain. Where one direction has none that are stronger, its weaker ones have to do: so a streak is seen.
const WEAKEST_EDGES = [7, 3.5]
// Of so many pixels at least one must lie on an edge.
const EDGES_IN = 400

// How narrow the stronger edges across one direction are: for an edge blurred by s pixels the second difference is, in the mean
// of squares, 1 / 2s² of the first. Contrast falls out, so a pale wall is not taken for a blurred one.
function narrowness(data: ArrayLike<number>, step: number, weakest: number, { width, height }: Pick<GreyPixels, 'width' | 'height'>): number | null {
  const bar = 2 * Math.max(weakest, 0.4 * strongest(data, step, width, height))
  let [edges, first, second] = [0, 0, 0]
  for (let y = 1; y < height - 1; y += 1) for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) {
    const [before, after] = [data[at - step]!, data[at + step]!]
    const slope = after - before
    if (slope < bar && slope > -bar) continue
    const bend = after + before - 2 * data[at]!
    edges += 1
    first += slope * slope / 4
    second += bend * bend
  }
  return edges < data.length / EDGES_IN ? null : Math.sqrt(2 * second / first)
}

// The slope that only one pixel in two hundred exceeds.
function strongest(data: ArrayLike<number>, step: number, width: number, height: number): number {
  const counts = new Uint32Array(129)
  for (let y = 1; y < height - 1; y += 1) for (let at = y * width + 1; at < (y + 1) * width - 1; at += 1) counts[Math.abs(data[at + step]! - data[at - step]!) >> 1]! += 1
  let above = data.length / 200
  let slope = 128
  while (slope > 0 && (above -= counts[slope]!) > 0) slope -= 1
  return slope
}
