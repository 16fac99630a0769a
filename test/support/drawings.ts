// What photographs.ts shows, as SVG. Everything is laid a little differently each time.
type Tint = [r: number, g: number, b: number]
export type Draw = {
  w: number, h: number, one: () => number, between: (from: number, to: number) => number, pick: <T>(from: readonly T[]) => T
  shade: (from: number, to: number, tint?: Tint) => string
}

const n = (value: number) => value.toFixed(1)
const rect = (x: number, y: number, w: number, h: number, fill: string, more = '') => `<rect x="${n(x)}" y="${n(y)}" width="${n(w)}" height="${n(h)}" fill="${fill}" ${more}/>`
const ellipse = (x: number, y: number, rx: number, ry: number, fill: string, more = '') => `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" fill="${fill}" ${more}/>`
const polygon = (points: [number, number][], fill: string) => `<polygon points="${points.map((point) => point.map(n).join()).join(' ')}" fill="${fill}"/>`
const many = (count: number, draw: (i: number) => string) => Array.from({ length: Math.floor(count) }, (_, i) => draw(i)).join('')

const TINTS: Tint[] = [[1, 0.95, 0.85], [0.9, 1, 0.9], [0.85, 0.95, 1], [1, 0.8, 0.7], [0.95, 0.9, 0.7], [1, 1, 1]]
const SKIN: Tint = [1, 0.8, 0.65]

type Wall = { draw: Draw, x: number, y: number, w: number, h: number, step: number, tint: Tint }
const WALLS: ((wall: Wall) => string)[] = [
  ({ draw: { shade }, x, y, w, h, step, tint }) => many(h / step, (r) => many(w / step / 2 + 1, (c) =>
    rect(x + c * step * 2 - (r % 2) * step, y + r * step, step * 1.88, step * 0.86, shade(90, 190, tint)))),
  ({ draw: { shade }, x, y, w, h, step, tint }) => many(w / step / 1.5 + 1, (c) => rect(x + c * step * 1.5, y, step * 1.42, h, shade(80, 190, tint))),
  ({ draw: { shade }, x, y, w, h, step, tint }) => many(h / step, (r) => many(w / step, (c) =>
    rect(x + c * step, y + r * step, step * ((r + c) % 2 ? 0.95 : 0.5), step * ((r + c) % 2 ? 0.5 : 0.95), shade(110, 200, tint)))),
  ({ draw: { one, between, shade }, x, y, w, h }) => many(between(2, 7), () =>
    `<path d="M${n(x + one() * w)} ${n(y + one() * h)} q${n(between(-60, 60))} ${n(between(-60, 60))} ${n(between(-120, 120))} ${n(between(-90, 90))}" stroke="${shade(40, 120)}" stroke-width="${n(between(1, 4))}" fill="none"/>`),
]

// Bricks, boards, woven bamboo or cracked plaster, with stains.
function wallOf(draw: Draw, x: number, y: number, w: number, h: number): string {
  const { one, between, pick, shade } = draw
  const tint = pick(TINTS)
  const wall = pick(WALLS)({ draw, x, y, w, h, tint, step: between(0.06, 0.13) * Math.min(w, h) })
  return rect(x, y, w, h, shade(110, 200, tint)) + wall + many(between(3, 9), () =>
    ellipse(x + one() * w, y + one() * h, between(0.03, 0.2) * w, between(0.03, 0.25) * h, shade(60, 210, tint), `opacity="${between(0.1, 0.45).toFixed(2)}"`))
}

const plants = ({ w, h, one, between, shade }: Draw, count: number) => many(count, () => {
  const [x, y] = [one() * w, between(0.5, 1) * h]
  return many(between(4, 12), () => ellipse(x + between(-50, 50), y + between(-40, 30), between(6, 30), between(6, 24), shade(40, 150, [0.6, 1, 0.5])))
})

// A row of strokes that looks like printed letters.
const letters = ({ between }: Draw, x: number, y: number, count: number, size: number) =>
  many(count, (i) => rect(x + i * size * 0.72, y, size * between(0.3, 0.6), size * between(0.7, 1.2), '#2a2a2a'))

function house(draw: Draw): string {
  const { w, h, between, pick, shade, one } = draw
  const [x, y, wide, high] = [between(0.08, 0.25) * w, between(0.3, 0.42) * h, between(0.5, 0.75) * w, between(0.32, 0.45) * h]
  const sky = rect(0, 0, w, h * 0.6, shade(170, 240, [0.85, 0.95, 1])) + many(between(0, 5), () => ellipse(one() * w, one() * h * 0.3, between(40, 160), between(15, 60), shade(190, 255), 'opacity="0.6"'))
  const ground = rect(0, h * between(0.55, 0.75), w, h, shade(80, 170, [1, 0.9, 0.7])) + plants(draw, between(0, 4))
  const ridge = y - high * between(0.3, 0.8)
  const roof = polygon([[x - between(10, 60), y + 5], [x + wide * between(0.2, 0.5), ridge], [x + wide * between(0.55, 0.9), ridge], [x + wide + between(10, 60), y + 5]], shade(50, 170, pick(TINTS)))
  const openings = many(between(2, 5), (i) => rect(x + wide * (0.06 + i * between(0.18, 0.26)), y + high * (i === 1 ? 0.25 : 0.2), wide * between(0.1, 0.16), high * (i === 1 ? 0.75 : between(0.25, 0.45)), shade(20, 130, pick(TINTS))))
  const things = many(between(0, 4), () => rect(one() * w, between(0.7, 0.85) * h, between(20, 90), between(20, 90), shade(30, 220, pick(TINTS))))
  return sky + ground + wallOf(draw, x, y, wide, high) + roof + openings + plants(draw, between(1, 5)) + things
}

function roof(draw: Draw): string {
  const { w, h, between, pick, shade } = draw
  const [rows, columns, lean, tint, waves] = [between(5, 13), between(7, 17), between(-0.3, 0.3), pick(TINTS), pick([true, false])]
  return rect(0, 0, w, h, shade(150, 235)) + many(rows, (r) => many(columns + 6, (c) => {
    const [x, y] = [(c - 3 + r * lean) * w / columns, h * 0.15 + r * h * 0.85 / rows]
    return waves ? ellipse(x, y + 20, w / columns / 1.9, h / rows / 1.3, shade(60, 190, tint)) : rect(x, y, w / columns * 0.93, h / rows * 0.93, shade(60, 190, tint))
  })) + plants(draw, between(0, 2))
}

const wall = (draw: Draw) => wallOf(draw, 0, 0, draw.w, draw.h)
  + many(draw.between(0, 4), () => rect(draw.one() * draw.w, draw.one() * draw.h, draw.between(30, 180), draw.between(30, 160), draw.shade(30, 230, draw.pick(TINTS))))

function floor({ w, h, one, between, pick, shade }: Draw): string {
  const [tiles, vanish, tint, dark] = [between(5, 11), between(0.2, 0.8) * w, pick(TINTS), between(90, 160)]
  const at = (column: number, depth: number): [number, number] => [vanish + (column - tiles / 2 - 4) * w / tiles * (0.3 + depth * depth), h * (0.1 + 0.9 * depth * depth)]
  const field = many(9, (r) => many(tiles + 8, (c) => polygon([at(c, r / 9), at(c + 0.96, r / 9), at(c + 0.96, (r + 1) / 9), at(c, (r + 1) / 9)],
    (r + c) % 2 && dark > 120 ? shade(dark, dark + 40, tint) : shade(140, 220, tint))))
  return rect(0, 0, w, h, shade(60, 140)) + field + many(between(1, 6), () => ellipse(one() * w, one() * h, between(20, 200), between(8, 60), shade(50, 160), 'opacity="0.35"'))
    + many(between(0, 3), () => rect(one() * w, one() * h * 0.5, between(20, 120), between(40, 200), shade(30, 200, pick(TINTS))))
}

function kitchen(draw: Draw): string {
  const { w, h, one, between, pick, shade } = draw
  return wallOf(draw, 0, 0, w, h * 0.6) + rect(0, h * between(0.5, 0.65), w, h, shade(60, 150, pick(TINTS))) + many(between(4, 11), () => one() < 0.5
    ? ellipse(one() * w, between(0.4, 0.85) * h, between(20, 90), between(15, 80), shade(20, 220, pick(TINTS)))
    : rect(one() * w, between(0.35, 0.8) * h, between(25, 150), between(25, 140), shade(20, 220, pick(TINTS))))
}

function person(draw: Draw): string {
  const { w, h, between, pick, shade } = draw
  const [x, y] = [between(0.4, 0.6) * w, between(0.3, 0.4) * h]
  return wallOf(draw, 0, 0, w, h) + ellipse(x, y + h * 0.48, w * between(0.15, 0.24), h * 0.4, shade(30, 220, pick(TINTS))) + ellipse(x, y, w * 0.075, h * between(0.12, 0.15), shade(110, 190, SKIN))
    + ellipse(x, y - h * between(0.06, 0.09), w * 0.08, h * 0.07, shade(15, 80)) + many(2, (i) => ellipse(x + (i ? 1 : -1) * w * 0.025, y, 5, 4, shade(0, 40)))
}

// One print run: title, labels and places are the same on every card.
function card(draw: Draw): string {
  const { w, h, between, shade } = draw
  const [x, y, wide] = [between(0.02, 0.08) * w, between(0.08, 0.16) * h, w * between(0.86, 0.94)]
  const high = wide * 0.63
  const word = (across: number, down: number, count: number, size: number) => letters(draw, x + wide * across, y + high * down, count, wide / size)
  const face = rect(x + wide * 0.76, y + high * 0.2, wide * 0.19, high * 0.45, shade(150, 200, [1, 0.5, 0.45])) + ellipse(x + wide * 0.855, y + high * 0.38, wide * 0.05, high * between(0.1, 0.13), shade(110, 180, SKIN))
    + ellipse(x + wide * 0.855, y + high * 0.62, wide * 0.085, high * 0.1, shade(30, 180))
  return rect(0, 0, w, h, shade(60, 200)) + rect(x, y, wide, high, shade(170, 215, [0.8, 0.95, 1]), 'rx="14"') + word(0.3, 0.04, 22, 50) + word(0.3, 0.1, 16, 50) + word(0.05, 0.19, 16, 32)
    + many(9, (line) => word(0.05, 0.3 + line * 0.07, 8, 75) + word(0.22, 0.3 + line * 0.07, between(8, 30), 75)) + face
}

function table(draw: Draw): string {
  const { w, h, between, shade } = draw
  const [rows, lean] = [between(10, 16), between(-4, 4)]
  const sheet = rect(w * 0.04, h * 0.05, w * 0.92, h * 0.9, shade(215, 250)) + letters(draw, w * 0.35, h * 0.08, 30, 8) + letters(draw, w * 0.4, h * 0.12, 18, 8)
  return rect(0, 0, w, h, shade(120, 200)) + `<g transform="rotate(${lean.toFixed(2)} ${w / 2} ${h / 2})">${sheet}${many(rows, (r) =>
    rect(w * 0.06, h * (0.2 + r * 0.72 / rows), w * 0.88, 1.5, '#555') + many(6, (c) => letters(draw, w * (0.08 + c * 0.145), h * (0.21 + r * 0.72 / rows), between(4, 13), 8)))}</g>`
}

export const DRAWN = { house, roof, wall, floor, kitchen, person, card, table }
