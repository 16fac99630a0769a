import { Notice } from '#views/ui/badge.tsx'
import type { Child } from '#views/ui/types.ts'

// Work behind the requests that failed half-way.
export const StoppedNotice = ({ title, children }: { title: string, children?: Child }) => (
  <Notice tone="bad" title={title}>
    <p>Yang sudah masuk tetap ada. Diteruskan sendiri paling lambat satu jam lagi. Bila tetap terhenti, beri tahu admin sistem; sebabnya ada di catatan server.</p>
    {children}
  </Notice>
)
