import type { Answers, HouseholdRecord } from '#app/questionnaire/record.ts'

// Records that break no rule. Synthetic people only: NIK under province 99.
export type Given = { head?: string, spouse?: string, address?: string, serial?: number, household?: Answers, member?: Answers }

const nikOf = (sex: 1 | 2, birthDate: string, serial: number) => {
  const [year, month, day] = birthDate.split('-') as [string, string, string]
  return `990201${String(Number(day) + (sex === 2 ? 40 : 0)).padStart(2, '0')}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`
}

const adult: Answers = {
  memberPresence: 1, familySeq: 1, maritalStatus: 2, marriageCertificate: 1, listedInKk: true, identityDocs: [4],
  disabilityType: 0, chronicIllness: 0, schooling: 2, educationLevel: 4, highestGrade: 8, highestCertificate: 2,
  working: true, hoursPerWeek: 40, industry: 1, employmentStatus: 1,
  hasKks: false, hasPbi: false, hasKip: false, hasPkh: false, hasSembako: false,
}

const housing: Answers = {
  buildingTenure: 1, landTenure: 1, floorAreaM2: 36, floorType: 6, wallType: 1, wallCondition: 2, roofType: 4, roofCondition: 2,
  bedroomCount: 2, drinkingWater: 6, waterAcquisition: 3, lighting: 1, plnPower: 1, plnCustomerId: '521234567890',
  cookingFuel: 3, toiletUse: 1, toiletType: 1, fecalDisposal: 1,
}

const ASSETS = [
  'hasGasCylinder', 'hasFridge', 'hasAc', 'hasWaterHeater', 'hasLandline', 'hasTv', 'hasGold', 'hasComputer', 'hasBicycle',
  'hasMotorcycle', 'hasCar', 'hasBoat', 'hasOutboardMotor', 'hasMotorboat', 'hasShip', 'hasLand', 'hasOtherHouse',
  'anyMemberHasBusiness', 'progKks', 'progKip', 'progKis', 'progBpjsMandiri', 'progJamsostek', 'progOtherInsurance',
  'progPkh', 'progRastra', 'progKur',
]

let next = 0

// A couple in one family, found at home. `serial` makes their NIK and KK their own; left out, each record gets the next.
export function aRecord({ head = 'Asep Suryana', spouse = 'Wati Suryani', address = 'Jl. Melati 4 RT 02', serial = ++next, household = {}, member = {} }: Given = {}): HouseholdRecord {
  return {
    household: {
      headName: head, headSex: 1, address, slsName: 'RT 02 RW 01', prelistOrderNo: String(serial), memberCount: 2, familyCount: 1,
      hasilVerivali: 1, ...housing, ...Object.fromEntries(ASSETS.map((key) => [key, false])),
      hasTv: true, hasMotorcycle: true, cattleCount: 0, buffaloCount: 0, horseCount: 0, pigCount: 0, goatSheepCount: 2, ...household,
    },
    families: [{ familySeq: 1, kkNumber: `990201150310${String(serial).padStart(4, '0')}` }],
    members: [
      { ...adult, memberSeq: 1, name: head, nik: nikOf(1, '1980-05-12', serial), relationToHead: 1, relationToFamilyHead: 1, sex: 1, age: 45, birthPlace: 'Bantul', birthDate: '1980-05-12', motherMaidenName: 'Sumiyati', ...member },
      { ...adult, memberSeq: 2, name: spouse, nik: nikOf(2, '1984-08-20', serial), relationToHead: 2, relationToFamilyHead: 2, sex: 2, age: 41, birthPlace: 'Bantul', birthDate: '1984-08-20', pregnant: false, working: false, hoursPerWeek: undefined, industry: undefined, employmentStatus: undefined, motherMaidenName: 'Ngatinah' },
    ],
    children: [],
    businesses: [],
  }
}

// A household without a card, and on wish with members without a NIK; each says why.
export function withoutNumbers(record = aRecord(), { niks = [] }: { niks?: number[] } = {}): HouseholdRecord {
  const bare = structuredClone(record)
  bare.families[0] = { familySeq: 1, kkMissingReason: 1 }
  for (const seq of niks) bare.members[seq - 1] = { ...bare.members[seq - 1], nik: undefined, nikMissingReason: 1 }
  return bare
}
