import type { RoundStatus } from '#app/backchecks/items.ts'

type Standing = { status: RoundStatus, seed: string | null, drawnBy: string | null }

// Asked for and not over yet: drawing.ts is at work. Pure.
export const isDrawing = ({ status, drawnBy }: Pick<Standing, 'status' | 'drawnBy'>) => status === 'planned' && drawnBy !== null
export const isDrawn = ({ status, seed }: Pick<Standing, 'status' | 'seed'>) => status !== 'planned' && seed !== null
