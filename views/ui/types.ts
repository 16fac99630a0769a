import type { Child } from 'hono/jsx'

export type { Child }
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'bad'

// What a component hands on to its element untouched: htmx, behaviours, accessibility.
export type Extra = {
  [key: `hx-${string}`]: string | undefined
  [key: `data-${string}`]: string | boolean | undefined
  [key: `aria-${string}`]: string | undefined
}

export const classes = (...names: (string | false | null | undefined)[]) => names.filter(Boolean).join(' ')
