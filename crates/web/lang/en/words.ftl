# Words for what a plan is made of. One key for each value; see kit/words.rs.

word-core-task-work = Work or education
word-core-task-life = A good everyday life
word-core-task-youth = A child's or young person's development

word-aim-employment = Work
word-aim-education = Education
word-aim-health = Health
word-aim-everyday = Everyday life, home and money
word-aim-community = Community and family
word-aim-development = Learning and development

word-goal-open = Under way
word-goal-reached = Reached
word-goal-dropped = Put aside

word-term-short = Short goal: reached within three months
word-term-long = Long goal: takes longer

word-judgement-on-the-way = On the way
word-judgement-stuck = Stuck
word-judgement-reached = Reached

word-action-done-yes = Yes
word-action-done-partly = Some of it
word-action-done-no = Not yet

word-step-open = To do
word-step-done = Done
word-step-dropped = Dropped

word-person-citizen = The citizen
word-person-employee = Employee
word-person-relative = Family or friend
word-person-volunteer = Volunteer or association
word-person-company = Company
word-person-partner = Partner

word-role-resource-finder = Find resources
word-role-resource-finder-hint = Look for what the citizen and the network can bring
word-role-co-builder = Build together
word-role-co-builder-hint = Make the solution together with the citizen
word-role-translator = Translate
word-role-translator-hint = Make rules and decisions easy to understand

word-strength-resource = What I can do
word-strength-hope = What I hope for
word-strength-network = People I can count on
word-strength-motivation = What drives me

word-channel-meeting = Meeting at the jobcentre
word-channel-phone = Telephone
word-channel-video = Video
word-channel-home = At the citizen's home
word-channel-company = At a company

word-conversation-booked = Booked
word-conversation-held = Held
word-conversation-cancelled = Cancelled
word-conversation-no-show = The citizen did not come

word-rater-citizen = The citizen
word-rater-employee = The employee

word-transfer-citizen-wish = The citizen wishes it
word-transfer-staff-left = The employee leaves or goes on leave
word-transfer-new-unit = The citizen's situation now belongs to another unit
word-transfer-workload = To share the work
word-transfer-other = Something else

word-relation-citizen = The citizen
word-relation-coordinator = Coordinator
word-relation-next-coordinator = Next coordinator
word-relation-participant = Takes part in the plan
word-relation-unit-leader = Leader of the unit
word-relation-former-coordinator = Former coordinator
word-relation-awaits-consent = Waits for the citizen’s consent
word-relation-emergency = Reads in emergency access
word-relation-none = Outside the plan

word-voice-own = Own words
word-voice-together = Written together
word-voice-on-behalf = Written on the citizen's behalf

word-list-all = Everyone
word-list-no-next-conversation = No next conversation
word-list-drifting = No job goal or company
word-list-step-overdue = Step overdue
word-list-new-to-me = New to me
word-list-new-to-coordinator = New coordinator
word-list-waiting-for-coordinator = Waiting for the employee
word-list-waiting-for-citizen = Waiting for the citizen
word-list-waiting-for-me = Waiting for me
word-list-change-coming = Changing coordinator
word-list-outcome-missing = Conversation not written up

word-drift-goal = There is no goal of work or education.
word-drift-company = There has been no contact with a company since { $since }. The limit is { $weeks ->
    [one] 1 week
   *[other] { $weeks } weeks
}.

# The six preconditions for work, asked so that the citizen can answer. 1 is far off, 5 is fully in place.
word-pre-ownership = It is my own
word-pre-ownership-about = I see getting a job as my own task.
word-pre-ownership-1 = It is something others want
word-pre-ownership-2 = I can picture it a little
word-pre-ownership-3 = I want to, but easily get stuck
word-pre-ownership-4 = I do most of it myself
word-pre-ownership-5 = It is mine, and I go for it

word-pre-help = I ask for help
word-pre-help-about = I look for advice and support when I need it.
word-pre-help-1 = I do not ask for help
word-pre-help-2 = I rarely do
word-pre-help-3 = I do when somebody asks me
word-pre-help-4 = I usually say so in time
word-pre-help-5 = I know whom to ask, and I do

word-pre-contribution = I am worth something to a workplace
word-pre-contribution-about = What I do is worth the wage.
word-pre-contribution-1 = I cannot see what I can bring
word-pre-contribution-2 = I can bring a little, with much support
word-pre-contribution-3 = I can do some tasks for some hours
word-pre-contribution-4 = I can do most tasks in a job
word-pre-contribution-5 = I can keep a job at ordinary pay

word-pre-skills = I can do what it takes
word-pre-skills-about = I have what a workplace asks for, in the trade and with other people, or I am practising it.
word-pre-skills-1 = I lack most of it
word-pre-skills-2 = I have begun to practise
word-pre-skills-3 = I have some of it and lack some
word-pre-skills-4 = I have most of it
word-pre-skills-5 = I can do what it takes

word-pre-opportunities = I can see where the jobs are
word-pre-opportunities-about = I know where there are jobs that suit me.
word-pre-opportunities-1 = I do not know where to look
word-pre-opportunities-2 = I have a few loose ideas
word-pre-opportunities-3 = I can name places that might suit me
word-pre-opportunities-4 = I know several places and keep an eye on them
word-pre-opportunities-5 = I know where the jobs are and whom to ask

word-pre-availability = I am ready for a workplace
word-pre-availability-about = I can turn up at a company and be there.
word-pre-availability-1 = I cannot at present
word-pre-availability-2 = I can come for a visit
word-pre-availability-3 = I can be there a few hours a week
word-pre-availability-4 = I can be there most of the week
word-pre-availability-5 = I can start a job now
