import type { CaseProps, Compared } from '#views/duplicates/case.tsx'
import { placeOf } from '#views/duplicates/words.ts'
import { Button, Confirm } from '#views/ui/button.tsx'
import { HiddenField, RadioGroup, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card, Stack } from '#views/ui/page.tsx'
import type { Child } from '#views/ui/types.ts'

// Three answers, each with its own form: nothing is chosen until one is opened.
export const Deciding = (props: CaseProps) => props.found.decidable && props.found.own.length > 0
  ? (
    <Card title="Keputusan">
      <Stack>
        <Merge {...props} />
        <Apart {...props} />
        <GiveBack {...props} />
      </Stack>
    </Card>
  ) : null

type FormProps = CaseProps & { decision: 'merge' | 'apart' | 'return', noteLabel: string, noteHint: string, button: string, shortcut?: string, children?: Child }

const DecisionForm = ({ found, formKey, proposalId, decision, noteLabel, noteHint, button, children }: FormProps) => (
  <Form action={`/duplicates/${found.pair.id}/decision`}>
    <HiddenField name="key" value={formKey} />
    <HiddenField name="proposalId" value={proposalId} />
    <HiddenField name="seen" value={found.seen} />
    <HiddenField name="decision" value={decision} />
    {children}
    <TextArea name="note" id={`note-${decision}`} label={noteLabel} required rows={2} maxlength={1000} hint={noteHint} />
    <Button tone={decision === 'merge' ? 'primary' : 'secondary'}>{button}</Button>
  </Form>
)

const sideWords = ({ found }: CaseProps, side: 'one' | 'other') => side === 'one'
  ? `Data 1: ${found.one.headName}, ${placeOf(found.one)}` : `Data 2: ${found.other.headName}, ${placeOf(found.other)}`

const pairWords = ({ one, other }: Compared) => one?.name === other?.name ? one?.name ?? '' : `${one?.name ?? ''} / ${other?.name ?? ''}`

// Only one's own record can give way, so with one side the other is what stays.
const Merge = (props: CaseProps) => {
  const { found: { own, findings, proposes, pair } } = props
  const keeps = (['one', 'other'] as const).filter((side) => own.includes(side === 'one' ? 'other' : 'one'))
  const people = findings.filter(({ oneSeq }) => oneSeq !== null)
  return (
    <Confirm label="Gabungkan: orangnya sama" tone="primary">
      <DecisionForm {...props} decision="merge" noteLabel="Alasan" noteHint="Misalnya: KTP sama, sudah ditanyakan kepada keluarganya." button={proposes ? 'Buat usulan penggabungan' : 'Perintahkan penggabungan'}>
        <RadioGroup name="keep" label="Data yang dipertahankan" required value={keeps.length === 1 ? keeps[0] : pair.keep ?? undefined}
          options={keeps.map((side) => ({ value: side, label: sideWords(props, side) }))} />
        <RadioGroup name="member" label="Apa yang ganda?" required value={people.length === 1 && findings.length === 1 ? people[0]!.print : ''} options={[
          { value: '', label: 'Seluruh rumah tangga', hint: 'Rumah tangga yang lain diusulkan nonaktif dengan alasan data ganda.' },
          ...people.map((finding) => ({ value: finding.print, label: `Hanya ${pairWords(finding)}`, hint: 'Anggota ini diusulkan keluar dari rumah tangga yang lain.' })),
        ]} />
        <p class="hint">{proposes ? 'Data belum berubah: usulannya diperiksa, disahkan, dan ditetapkan seperti usulan lain.' : 'Kantor wilayah data yang lain mengajukan usulannya.'}</p>
      </DecisionForm>
    </Confirm>
  )
}

const Apart = (props: CaseProps) => (
  <Confirm label="Biarkan terpisah: dua orang berbeda">
    <DecisionForm {...props} decision="apart" noteLabel="Alasan" noteHint="Misalnya: kembar, atau senama dengan orang tua yang berbeda." button="Simpan sebagai dua orang berbeda">
      <p class="hint">Pasangan ini tidak diusulkan lagi, kecuali identitas salah satunya berubah.{props.found.own.length === 1 && ' Wilayah yang lain juga harus menyatakannya.'}</p>
    </DecisionForm>
  </Confirm>
)

const GiveBack = (props: CaseProps) => (
  <Confirm label="Kembalikan ke desa">
    <DecisionForm {...props} decision="return" noteLabel="Apa yang harus diperiksa desa" noteHint="Misalnya: lihat KTP keduanya, tanyakan apakah pernah pindah." button="Kembalikan ke desa">
      <RadioGroup name="to" label="Desa yang memeriksa" required value={props.found.own.length === 1 ? props.found.own[0] : undefined} options={props.found.own.map((side) => ({ value: side, label: sideWords(props, side) }))} />
    </DecisionForm>
  </Confirm>
)
