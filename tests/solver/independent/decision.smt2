; Which OS user a session runs as, written from the prose alone: the source text of April 2020, what later documents add,
; and the descriptions of the readings. It shares no code with the rulebook, and has another structure: what applies, who
; is named, and what becomes of a name.
;
; Clauses are cited by the ids of the traceability page; R stands for the reading that is named with it.

(set-logic QF_UF)

; ---- Names and numbers ----

(declare-sort Name 0)                     ; names of OS users, compared exactly
(declare-sort Number 0)                   ; uids and gids
(declare-const name-ssm-user Name)        ; C2
(declare-const name-root Name)            ; D8
(declare-const zero Number)               ; D13
(declare-fun blank (Name) Bool)           ; empty or white space alone
(assert (not (= name-ssm-user name-root)))
(assert (not (blank name-ssm-user)))
(assert (not (blank name-root)))

; ---- The situation ----

(declare-sort System 0)                   ; what an instance runs
(declare-const linux System)
(declare-const macos System)
(declare-const windows System)
(assert (distinct linux macos windows))
(declare-const system System)
(assert (or (= system linux) (= system macos) (= system windows)))

(declare-sort Setting 0)                  ; what the preferences say of Run As: C13, D12
(declare-const on Setting)
(declare-const off Setting)
(declare-const no-truth-value Setting)
(assert (distinct on off no-truth-value))
(declare-const run-as Setting)
(assert (or (= run-as on) (= run-as off) (= run-as no-truth-value)))

(declare-const has-tag Bool)              ; the user or role has a tag with the key SSMSessionRunAs in some case: C3, D4
(declare-const key-as-documented Bool)    ; and the key is in that very case
(declare-const tag-value Name)            ; C3
(declare-const default-user Name)         ; C5; blank where none is entered: C14

(declare-fun on-instance (Name) Bool)     ; the OS users of the instance: C7, D11
(declare-fun uid (Name) Number)
(declare-fun gid (Name) Number)

; ---- The readings ----

(declare-const blank-tag-is-no-tag Bool)  ; R blank_tag: D14, or else it names nobody
(declare-const any-case-will-do Bool)     ; R tag_key
(declare-const macos-is-covered Bool)     ; R macos: D9
(declare-sort Refused 0)                  ; R superuser: which OS users are refused as superusers
(declare-const none-of-them Refused)
(declare-const root-by-name Refused)      ; D8
(declare-const ids-of-zero Refused)       ; D13
(assert (distinct none-of-them root-by-name ids-of-zero))
(declare-const superusers Refused)
(assert (or (= superusers none-of-them) (= superusers root-by-name) (= superusers ids-of-zero)))

; ---- The possible ends ----

(declare-sort End 0)
(declare-const session End)               ; a session starts; as whom is defined at the end
(declare-const unreadable End)            ; else there is none, and this is why
(declare-const is-ssm-user End)
(declare-const is-superuser End)
(declare-const is-missing End)
(declare-const nobody End)
(assert (distinct session unreadable is-ssm-user is-superuser is-missing nobody))

; ---- What becomes of a name ----

; D8 and D13: a superuser, as far as the reading refuses one
(define-fun superuser ((name Name)) Bool
  (or (and (= superusers root-by-name) (= name name-root))
      (and (= superusers ids-of-zero) (or (= (uid name) zero) (= (gid name) zero)))))

; C12: no session as ssm-user; C8 and C11: none as an OS user that does not exist; C7 and C10: one as any other
(define-fun end-of ((name Name)) End
  (ite (= name name-ssm-user) is-ssm-user
  (ite (not (on-instance name)) is-missing
  (ite (superuser name) is-superuser
  session))))

; ---- How it works ----

; C3: the tag counts by its key; R tag_key: spelled as documented, or in any case
(define-fun tag-found () Bool
  (and has-tag (or key-as-documented any-case-will-do)))

; R blank_tag: a blank tag is no tag at all (D14), or it is one, and names nobody
(define-fun tagged () Bool
  (and tag-found (not (and blank-tag-is-no-tag (blank tag-value)))))

; C5, C10, C11: the preferences name an OS user; C14: they need not; D10: then there is no session
(define-fun step-2 () End
  (ite (blank default-user) nobody (end-of default-user)))

; C7, C8: the tag decides for who has one; an OS user without a name does not exist; C9: step 2 decides for the others
(define-fun step-1 () End
  (ite (not tagged) step-2
  (ite (blank tag-value) is-missing
  (end-of tag-value))))

; C13, D9: Run As is for Linux instances, and by a reading for those with macOS
(define-fun covered () Bool
  (or (= system linux) (and (= system macos) macos-is-covered)))

; C1: unless Run As is enabled, and for the instance's system, a session starts as ssm-user
(define-fun applies () Bool
  (and (= run-as on) covered))

; D12: nobody gets a session by preferences that cannot be read
(define-fun end () End
  (ite (= run-as no-truth-value) unreadable
  (ite applies step-1
  session)))

; C1, C2: ssm-user where Run As does not apply; C3, C4: else whom the tag names; C5, C6: else whom the preferences name
(define-fun runs-as () Name
  (ite (not applies) name-ssm-user
  (ite tagged tag-value
  default-user)))
