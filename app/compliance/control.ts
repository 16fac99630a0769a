// What a standard asks for, and what we have for it. met: the product does it, and a test shows it. partly: it does some of it, the
// gap says what is missing. office: people and rooms, which no product can do; does says what it helps with. none: not done.
export const STATES = ['met', 'partly', 'office', 'none'] as const
export type State = typeof STATES[number]

export type Control = { code: string, title: string, state: State, does: string, paths: string[], tests: string[], gap: string }

type Proof = { code?: string[], test?: string[], gap?: string }

// Files are named as they stand in the source, so that whoever doubts a line can read it.
const control = (state: State) => (code: string, title: string, does: string, { code: paths = [], test = [], gap = '' }: Proof = {}): Control =>
  ({ code, title, state, does, paths, tests: test.map((name) => `test/${name}.test.ts`), gap })

export const [met, partly, office, none] = STATES.map(control) as [Maker, Maker, Maker, Maker]
type Maker = ReturnType<typeof control>
