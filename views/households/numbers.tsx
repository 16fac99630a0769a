import type { Wish } from '#app/households/unmasking.ts'
import { Notice } from '#views/ui/badge.tsx'
import { Button, Confirm, LinkButton } from '#views/ui/button.tsx'
import { RadioGroup, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'

export const NUMBER_PURPOSE_WORDS: Record<Wish['purpose'], string> = {
  document: 'Mencocokkan dengan KTP atau KK yang ada di tangan', citizen: 'Melayani warga yang datang atau melapor', letter: 'Membuat surat atau keterangan resmi',
  mistake: 'Memeriksa dugaan NIK atau Nomor KK keliru', other: 'Lainnya (tuliskan)',
}
const OPTIONS = Object.entries(NUMBER_PURPOSE_WORDS).map(([value, label]) => ({ value, label }))

type Props = { action: string, isShown: boolean, mayUnmask: boolean, againHref?: string }

// Says that numbers are masked, and how they are shown: once, with a reason that stays in the trail.
export const Numbers = ({ action, isShown, mayUnmask, againHref }: Props) => {
  if (isShown) return <Notice tone="warn"><p>NIK dan Nomor KK tampil utuh hanya sekali ini dan tercatat beserta alasannya. Setelah halaman ditutup, keduanya tersamar lagi.</p></Notice>
  if (!mayUnmask) return <Notice><p>NIK dan Nomor KK disamarkan untuk peran Anda.</p></Notice>
  return (
    <Confirm label="Tampilkan NIK" small>
      <p>NIK dan Nomor KK disamarkan. Pilih alasan melihatnya; alasan dan nama Anda masuk jejak audit.</p>
      {againHref ? <><p>Masuk terakhir Anda sudah beberapa lama.</p><LinkButton href={againHref} tone="primary">Masuk ulang dahulu</LinkButton></> : (
        <Form action={action} guard={false}>
          <RadioGroup name="purpose" label="Alasan" required options={OPTIONS} />
          <TextArea name="note" label="Keterangan" rows={2} maxlength={300} hint="Wajib bila alasannya lain. Jangan menulis NIK di sini." />
          <Button>Tampilkan sekali</Button>
        </Form>
      )}
    </Confirm>
  )
}
