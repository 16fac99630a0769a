import type { Case } from '#app/reviews/case.ts'
import { Notice } from '#views/ui/badge.tsx'
import { DiffTable } from '#views/ui/diff.tsx'
import { Card } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { Remark } from '#views/reviews/decision.tsx'

type Props = { found: Case }

export const Mistakes = ({ found: { mistakes } }: Props) => mistakes.length === 0 ? null : (
  <Notice tone="warn" title="Isian yang janggal">
    <ul>{mistakes.map(({ message }) => <li>{message}</li>)}</ul>
  </Notice>
)

// One path, one input: these have theirs beside the photo of the document.
const isBeside = (path: string) => /^families\.\d+\.kkNumber$|^members\.\d+\.nik$/.test(path)
const Elsewhere = ({ words }: { words: string }) => <small class="hint">{words}</small>

export const Changes = ({ found: { changes, refusal } }: Props) => {
  const remarkAt = (path: string | undefined, label: string) => path && !refusal &&
    (isBeside(path) ? <Elsewhere words="Di samping dokumen" /> : <Remark path={path} label={label} />)
  return (
    <Card title="Perubahan terhadap data induk">
      {changes.length === 0
        ? <p class="hint">Tidak ada isian yang berubah.</p>
        : <DiffTable caption={`${changes.length} isian berubah`} beforeLabel="Data induk" afterLabel="Kunjungan"
            rows={changes.map(({ path, label, before, after }) => ({ label, before, after, remark: remarkAt(path, label) }))} />}
    </Card>
  )
}

export const AllAnswers = ({ found: { answers, changes, refusal } }: Props) => {
  const changed = new Set(changes.map(({ path }) => path))
  return (
    <details class="card all-answers">
      <summary><h2>Semua isian</h2></summary>
      {answers.map(({ title, rows }) => (
        <Table caption={title} dense columns={['Isian', 'Jawaban', 'Catatan']}>
          {rows.map(({ path, label, answer }) => (
            <Row tone={changed.has(path) ? 'warn' : undefined}>
              <Cell label="Isian" lead>{label}</Cell>
              <Cell label="Jawaban">{answer}</Cell>
              <Cell label="Catatan">
                {refusal ? null : isBeside(path) ? <Elsewhere words="Di samping dokumen" /> : changed.has(path) ? <Elsewhere words="Di tabel perubahan" /> : <Remark path={path} label={label} />}
              </Cell>
            </Row>
          ))}
        </Table>
      ))}
    </details>
  )
}
