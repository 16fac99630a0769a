import type { HeldCase } from '#app/deliveries/case.ts'
import { DiffTable } from '#views/ui/diff.tsx'
import { fieldId } from '#views/ui/field.tsx'
import { formatDateTime } from '#views/ui/format.ts'
import { Card } from '#views/ui/page.tsx'

// Two answers to one question, side by side; below, what followed one of the two without a question.
export const Choosing = ({ found: { conflicts, joined, first, delivery, refusal } }: { found: HeldCase }) => (
  <>
    <Card title={conflicts.length > 0 ? `Pilih jawaban untuk ${conflicts.length} isian` : 'Tidak ada jawaban yang bertentangan'}>
      <p class="hint">Yang tersimpan: kunjungan {first?.officerName}, tiba {formatDateTime(first?.submittedAt)}. Dari kiriman: kunjungan {delivery.officerName}, tiba {formatDateTime(delivery.receivedAt)}. Jawaban yang tidak dipilih tetap tersimpan di kiriman ini.</p>
      {conflicts.map((conflict) => <Choice conflict={conflict} disabled={refusal !== undefined} />)}
    </Card>
    {joined.length > 0 && (
      <Card title="Digabung tanpa perlu dipilih">
        <p class="hint">Isian ini hanya diubah di kiriman, atau baru ada di kiriman.</p>
        <DiffTable caption={`${joined.length} isian mengikuti kiriman`} beforeLabel="Yang tersimpan" afterLabel="Menjadi" rows={joined} />
      </Card>
    )}
  </>
)

type ChoiceProps = { conflict: HeldCase['conflicts'][number], disabled: boolean }

const Choice = ({ conflict: { path, label, base, ours, theirs }, disabled }: ChoiceProps) => {
  const name = `choice.${path}`
  return (
    <fieldset class="field" id={fieldId(name)} tabindex={-1}>
      <legend>{label}</legend>
      <p class="hint">Data induk: {base}</p>
      <div class="choices versus">
        <Side name={name} value="ours" title="Yang tersimpan" answer={ours} disabled={disabled} />
        <Side name={name} value="theirs" title="Dari kiriman" answer={theirs} disabled={disabled} />
      </div>
    </fieldset>
  )
}

const Side = ({ name, value, title, answer, disabled }: { name: string, value: string, title: string, answer: string, disabled: boolean }) => (
  <label class="choice">
    <input type="radio" name={name} value={value} required disabled={disabled} />
    <span><small>{title}</small>{answer}</span>
  </label>
)
