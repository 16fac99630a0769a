import type { ProposalCase } from '#app/proposals/case.ts'
import { Notice } from '#views/ui/badge.tsx'
import { ActionBar, Button, Confirm, Keys } from '#views/ui/button.tsx'
import { HiddenField, TextArea } from '#views/ui/field.tsx'
import { Form } from '#views/ui/form.tsx'
import { Card } from '#views/ui/page.tsx'
import type { Child } from '#views/ui/types.ts'

type Props = { found: ProposalCase, formKey: string }

const YES = { check: 'Setujui', verify: 'Setujui (Dinsos)', accept: 'Terima rumah tangga ini' }
const yes = (turn: keyof typeof YES, kind: string) => turn === 'accept' && kind !== 'household_move' ? 'Setujui untuk desa ini' : YES[turn]

const RELEASES = {
  asked: 'Desa tujuan yang mengajukan kepindahan ini. Dengan menyetujui, kecamatan asal melepas rumah tangga ini; penerimaan desa tujuan sudah dianggap ada, dan Dinsos memeriksa berikutnya.',
  wed: 'Desa pasangannya yang mengajukan perkawinan ini. Dengan menyetujui, kecamatan asal melepas orang itu; persetujuan desa pasangannya sudah dianggap ada, dan Dinsos memeriksa berikutnya.',
  move: 'Dengan menyetujui, kecamatan asal melepas rumah tangga ini. Desa tujuan kemudian harus menerima.',
  other: 'Rumah tangga yang lain ada di desa lain. Sesudah Anda setujui, desa itu juga harus menyetujui.',
}

// The one decision of whoever is looking, if it is their turn.
export const Decision = ({ found, formKey }: Props) => {
  const { proposal, turn, trouble, seen } = found
  const isMove = proposal.kind === 'household_move'
  const begunByReceiver = 'begunBy' in proposal.change && proposal.change.begunBy === 'receiver'
  if (found.checkedBefore) return <Notice>Anda sudah memeriksa usulan ini pada tahap pertama; petugas Dinsos lain yang memutuskan.</Notice>
  if (!turn) return found.own && ['submitted', 'released', 'checked'].includes(proposal.status) ? <Notice>Ini usulan Anda sendiri; petugas lain yang memeriksanya.</Notice> : null
  return (
    <DecisionForm action={`/proposals/${proposal.id}`} formKey={formKey} seen={seen} approval={trouble ? undefined : yes(turn, proposal.kind)}
      back={turn === 'accept' ? 'Tidak diterima, kembalikan' : undefined} final={turn !== 'accept'}>
      {turn === 'check' && proposal.targetRegionCode && <p>{RELEASES[begunByReceiver ? isMove ? 'asked' : 'wed' : isMove ? 'move' : 'other']}</p>}
      {turn === 'accept' && !isMove && <p>Dengan menyetujui, perubahan ini juga ditulis pada rumah tangga di desa Anda sesudah ditetapkan. Pastikan orangnya memang sudah tinggal di sini.</p>}
      {turn === 'accept' && isMove && <p>Dengan menerima, rumah tangga ini menjadi tanggung jawab desa Anda sesudah ditetapkan. Pastikan orangnya memang sudah tinggal di sini.</p>}
      {turn === 'verify' && proposal.kind === 'new' && <p>Sesudah disetujui, rumah tangga ini masuk prelist desanya dan menunggu petugas.</p>}
    </DecisionForm>
  )
}

type FormProps = { action: string, formKey: string, seen: string, approval?: string, back?: string, final?: boolean, children?: Child }

// Yes, back with a remark, or the end of it. approval: the words of the yes; none, nothing can be approved now.
export const DecisionForm = ({ action, formKey, seen, approval, back = 'Kembalikan ke pengusul', final = true, children }: FormProps) => (
  <Keys>
    <Card title="Keputusan Anda">
      <Form action={`${action}/approval`}>
        <HiddenField name="key" value={formKey} />
        <HiddenField name="seen" value={seen} />
        {children}
        <TextArea name="note" label="Catatan" rows={2} maxlength={1000} hint="Wajib bila mengembalikan atau menolak." />
        <ActionBar>
          {approval && <Button shortcut="s">{approval}</Button>}
          <Button tone="secondary" formaction={`${action}/return`} shortcut="k">{back}</Button>
          {final && (
            <Confirm label="Tolak" tone="danger">
              <p>Usulan yang ditolak selesai dan tidak dapat diperbaiki lagi.</p>
              <Button tone="danger" formaction={`${action}/rejection`}>Ya, tolak dengan catatan di atas</Button>
            </Confirm>
          )}
        </ActionBar>
      </Form>
    </Card>
  </Keys>
)
