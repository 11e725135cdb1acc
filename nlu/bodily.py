"""What a medical emergency speaks of: in a text about papers or law, likeness without any of it tells none."""

from collections.abc import Iterable

THEMES = frozenset(
    ("abortion_miscarriage", "arm_hand_leg", "baby_birth", "behaviour_look", "belly_back_pain",
     "bleeding_wound", "blood_burn_tie", "broken_bone", "bruise_scar", "burn_injury", "chronic_illness",
     "death_euphemism", "doctor", "doctor_denied", "drug_addict", "drugged_by_exploiter", "fever_cough",
     "fire_petrol_acid", "food_denied_punish", "genital_cutting_excision", "genital_pain", "gun_firearm",
     "hanging_rope", "head_face", "hit", "hit_now_here", "hospital_care", "injured_sick", "insult", "kill",
     "knife_blade_attack", "knife_gun", "medicine", "not_eating_giving_up", "panic_shaking", "pills_swallowed",
     "poison_bleach", "pregnant", "pregnant_from_rape", "substance_names", "suicide_attempt_past",
     "suicide_die", "teeth_eyes_body", "torture_ransom_phone", "urgent_help_me", "veins_blade",
     "vomit_dizzy_faint", "self_cutting", "jump_from_height", "strangled_choked", "rape", "gang_rape_tonight",
     "sleep", "wake_up_early", "already_dead_inside")
)  # fmt: skip
LAW = frozenset(
    ("asylum", "asylum_interview_story", "expired", "papers_doc", "permit_lost_expired",
     "permit_refused_appeal", "permit_temporary_receipt", "permit_trafficking_victim", "prefecture", "rights",
     "legal_help", "lawyer", "ofii", "ofpra", "oqtf", "work_permit")
)  # fmt: skip
SEEN = frozenset(
    ("KILL", "HIT", "RAPE", "ARM", "SWALLOW", "PILLS", "POISON", "CUT", "BODY", "BLEED", "FAINT", "RESPOND",
     "BREATHE", "CHEST", "PAIN", "FIT", "POISONED", "OVERDOSE", "WOUND", "BADLY", "BROKEN", "LIMB", "DOCTOR",
     "PREGNANT", "DIE", "DRUG")
)  # fmt: skip


def of_papers_alone(themes: Iterable[set[str]], seen: Iterable[frozenset[str]]) -> bool:
    """Whether papers or law are spoken of, and no body, injury or illness.

    `themes`: the lexicon's concepts of each word; `seen`: those of the danger layer. Elsewhere likeness is believed:
    asking for the body in every text lowered what is heard of one language in `tests/nlu/danger_fresh` to 0.90.
    """
    told = set().union(*themes)
    return not LAW.isdisjoint(told) and THEMES.isdisjoint(told) and SEEN.isdisjoint(set().union(*seen))
