import type { Case } from '#app/reviews/case.ts'
import type { Filter } from '#app/reviews/queue.ts'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { RadioGroup, TextArea } from '#views/ui/field.tsx'
import { queueQuery } from '#views/reviews/links.ts'

// Always in sight, so that a decision is one key or one thumb away.
export const DecisionBar = ({ found, returnAction, filter }: { found: Case, returnAction: string, filter: Filter }) => (
  <div class="action-bar decision-bar">
    <Button shortcut="s">{found.level === 1 ? 'Setujui' : 'Setujui (Dinsos)'}</Button>
    <Confirm label="Kembalikan" tone="danger" shortcut="k">
      <div class="stack">
        <TextArea name="note" label="Catatan umum" rows={2} maxlength={2000}
          hint="Boleh kosong bila sudah ada catatan pada isian, atau dokumen ditandai tidak sesuai." />
        {found.level === 2 && <RadioGroup name="target" label="Dikembalikan ke" required inline value="checker"
          options={[{ value: 'checker', label: 'Pengawas/korcam' }, { value: 'officer', label: 'Petugas pendata' }]} />}
        <Button tone="danger" formaction={returnAction}>{found.level === 1 ? 'Kembalikan ke petugas' : 'Kembalikan'}</Button>
      </div>
    </Confirm>
    <LinkButton href={`/reviews/next${queueQuery(filter, found.place)}`} shortcut="n">Lewati</LinkButton>
  </div>
)

// A remark at the question itself. The name is the path of the answer, so the officer meets it there.
export const Remark = ({ path, label }: { path: string, label: string }) => (
  <input class="remark" name={`remark.${path}`} id={`f-remark-${path.replaceAll('.', '-')}`} aria-label={`Catatan untuk ${label}`}
    placeholder="Catatan" size={6} maxlength={500} autocomplete="off" />
)
