; One situation and one reading, in the words of the independent encoding (left) and of the specification (right).
; Sort by sort, value by value; names are the one sort that both share, and functions meet at the names that occur.

(assert (= name-ssm-user Name=ssm-user))
(assert (= name-root Name=root))

(assert (= (= system linux) (= s.platform Platform=LINUX)))
(assert (= (= system macos) (= s.platform Platform=MACOS)))
(assert (= (= system windows) (= s.platform Platform=WINDOWS)))

(assert (= (= run-as on) (= s.run_as_enabled Switch=ON)))
(assert (= (= run-as off) (= s.run_as_enabled Switch=OFF)))
(assert (= (= run-as no-truth-value) (= s.run_as_enabled Switch=UNREADABLE)))

(assert (= has-tag s.tagged))
(assert (= key-as-documented s.tag_key_exact))
(assert (= tag-value s.tag))
(assert (= default-user s.default_user))

(assert (= (blank tag-value) (is-blank s.tag)))
(assert (= (blank default-user) (is-blank s.default_user)))

(assert (= (on-instance tag-value) (s.os_users.has s.tag)))
(assert (= (on-instance default-user) (s.os_users.has s.default_user)))
(assert (= (= (uid tag-value) zero) (= (s.os_users.uid s.tag) PosixId=0)))
(assert (= (= (gid tag-value) zero) (= (s.os_users.gid s.tag) PosixId=0)))
(assert (= (= (uid default-user) zero) (= (s.os_users.uid s.default_user) PosixId=0)))
(assert (= (= (gid default-user) zero) (= (s.os_users.gid s.default_user) PosixId=0)))

(assert (= blank-tag-is-no-tag (= r.blank_tag BlankTag=AS_UNTAGGED)))
(assert (= any-case-will-do (= r.tag_key LookUp=ANY_CASE)))
(assert (= macos-is-covered (= r.macos MacOs=COVERED)))
(assert (= (= superusers none-of-them) (= r.superuser Superuser=ORDINARY)))
(assert (= (= superusers root-by-name) (= r.superuser Superuser=ROOT_REFUSED)))
(assert (= (= superusers ids-of-zero) (= r.superuser Superuser=REFUSED)))

; What both say of it: whether a session starts, as whom, and else why not.

(declare-const said End)
(assert (= said end))
(declare-const said-user Name)
(assert (= said-user runs-as))

(define-fun same () Bool
  (and (= (= said session) d.starts)
       (= d.os_user (ite (= said session) said-user Name!none))
       (= (= said session) (= d.reason Reason!none))
       (= (= said unreadable) (= d.reason Reason=PREFERENCES_UNREADABLE))
       (= (= said is-ssm-user) (= d.reason Reason=SSM_USER_NAMED))
       (= (= said is-superuser) (= d.reason Reason=SUPERUSER_NAMED))
       (= (= said is-missing) (= d.reason Reason=OS_USER_MISSING))
       (= (= said nobody) (= d.reason Reason=NOBODY_NAMED))))
