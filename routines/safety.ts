/**
 * What every wearer is told about safety, for the companion and for docs/safety.md. Nobody of a health profession has reviewed these words yet
 * (README.md).
 */

export interface Reasons {
  readonly title: string
  readonly items: readonly string[]
}

export const WHAT_PATELLA_IS = [
  "Patella is a running-form and load trainer. It measures how your knee moves and times what you do.",
  "It is no medical device. It makes no diagnosis and replaces no examination.",
  "What it says about readiness is an observation from a few bends and your own answer. It cannot know whether a run will go well.",
] as const

export const STOP_RULE =
  "Stop if it hurts. See a professional if pain is sudden, swollen, locked or persistent." as const

/** When not to do a routine, by what it asks of the leg. */
export const NOT_WHEN = {
  exercise: {
    title: "Do not run or exercise",
    items: [
      "You have hurt the knee suddenly, by a fall, a twist or a knock, and nobody has looked at it.",
      "The knee is swollen, red or hot.",
      "You cannot put your weight on the leg, or you limp.",
      "The knee locks or gives way.",
      "It hurts at rest, or clearly more than it did yesterday.",
      "You have a fever, chest pain, or feel faint.",
    ],
  },
  massage: {
    title: "Do not massage",
    items: [
      "You have hurt the leg in the last days, or it is bruised there.",
      "It is swollen, red or hot.",
      "The skin is open, sore or infected there.",
      "One leg is swollen, warm or painful and you do not know why. That may be a blood clot: have it seen today.",
      "You have or had a blood clot in a leg, and your doctor has not allowed massage.",
      "There are varicose veins: leave that place out.",
      "You take blood thinners or bleed easily: ask your doctor first.",
      "You have severe osteoporosis, or broke a bone there not long ago: ask your doctor first.",
      "You cannot feel touch there as usual.",
      "You are pregnant, or are treated for cancer: ask your doctor or midwife first.",
    ],
  },
} as const satisfies Record<string, Reasons>
export type ReasonsName = keyof typeof NOT_WHEN

/** When to have it looked at, and how soon. */
export const SEE_SOMEBODY = {
  atOnce: {
    title: "Call an emergency number at once",
    items: [
      "You are suddenly short of breath, have chest pain or cough up blood, all the more when one leg is swollen or painful.",
    ],
  },
  today: {
    title: "Get help the same day",
    items: [
      "The pain came suddenly or is severe.",
      "You cannot put your weight on the leg.",
      "You felt or heard a pop, and the knee swelled.",
      "The knee has another shape, or is locked: it does not bend or straighten.",
      "The knee is red and hot, all the more when you have a fever.",
      "Your foot or leg is numb, cold or weak.",
      "Your calf or thigh is swollen, warm and painful.",
    ],
  },
  soon: {
    title: "See a doctor or a physiotherapist",
    items: [
      "The knee catches, locks or gives way now and then.",
      "It swells after runs.",
      "The pain has lasted for some weeks, comes back with every run, or wakes you at night.",
      "Numbness or tingling does not go away.",
    ],
  },
} as const satisfies Record<string, Reasons>

export const SAFETY_SOURCES = [
  {
    title: "NHS Greater Glasgow and Clyde, MSK physiotherapy: Knee",
    link: "https://www.nhsggc.org.uk/your-health/health-services/msk-physiotherapy/knees/",
    says: "what should be looked at before exercising by oneself",
  },
  {
    title: "NHS, Deep vein thrombosis",
    link: "https://www.nhs.uk/conditions/deep-vein-thrombosis-dvt/",
    says: "signs of a blood clot in a leg, and when it is an emergency",
  },
  {
    title: "NCCIH, Massage therapy: what you need to know",
    link: "https://www.nccih.nih.gov/health/massage-therapy-what-you-need-to-know",
    says: "who should not have massage, or ask first",
  },
] as const
