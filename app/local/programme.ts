import type { Programme, ProgrammeCode, State } from '#app/programmes/programme.ts'
import { LOCAL_VARIANTS } from '#app/programmes/programme.ts'

// agreed: named by a musyawarah desa for aid the kabupaten pays, which its Dinsos has still to grant.
const states: Record<string, State> = {
  proposed: { label: 'Diusulkan', phase: 'waiting' },
  agreed: { label: 'Disepakati desa', phase: 'waiting' },
  active: { label: 'Penerima', phase: 'receiving' },
  stopped: { label: 'Dihentikan', phase: 'ended' },
  dropped: { label: 'Batal diusulkan', phase: 'ended' },
  finished: { label: 'Selesai', phase: 'ended' },
}

// Its recipients are proposed and confirmed on its own pages, a list at a time, so no single change is proposed here.
const local = (code: ProgrammeCode, name: string, fullName: string): Programme => ({
  code, name, fullName, unit: 'family', number: 'Nomor', states, endState: 'stopped', changes: {}, variants: LOCAL_VARIANTS,
  pages: [{ href: `/local?kind=${code}`, label: 'Program dan usulan' }],
})

export const blt = local('blt', 'BLT Desa', 'Bantuan Langsung Tunai Dana Desa')
export const apbd = local('apbd', 'Bantuan APBD', 'Bantuan kabupaten/kota dari APBD')
