# Walk with me: a tour of the demo municipality on one page for each kind of reader.

walk-title = Walk with me
walk-lead = Lærkebro Municipality does not exist. The places and people are invented. You can press anything without doing harm.
walk-time = The tour takes about ten minutes.
walk-choose = Who would you like to walk with?
walk-log-in-as = Log in as { $name }
walk-later = Coming later
walk-later-lead = These things are not built yet.

walk-citizen-title = Walk with a citizen
walk-citizen-lead = You live in Lærkebro and have your own plan. You are the one who owns it.
walk-citizen-1 = Look at the top of the page. There is your next step and your next conversation.
walk-citizen-2 = Tick a step you have finished. You can undo it afterwards.
walk-citizen-3 = Open your goals. They are in your own words. Change one, and see that the old one can still be read.
walk-citizen-4 = Write a question for the next conversation. The person you will talk to sees it at once.
walk-citizen-5 = See who is on your team. You can call or write to them directly.
walk-citizen-6 = Read what you have agreed to share. Take one yes back. It works at once.
walk-citizen-7 = Open the page about who has looked. It says who, when and why.
walk-citizen-8 = Print your plan. It can lie on the kitchen table.

walk-employee-title = Walk with an employee
walk-employee-lead = You are a job counsellor. It is eight o'clock, and you have conversations today.
walk-employee-1 = Open My day. It answers one question: what should I do now?
walk-employee-2 = Choose the first conversation of the day. Read the citizen's own questions before you begin.
walk-employee-3 = Write while you talk: note, goals, steps and next date are on the same page.
walk-employee-4 = Save. The calendar and the message to the citizen are now in place too.
walk-employee-5 = Start a placement at a company beside the other efforts. Notice how few clicks it takes.
walk-employee-6 = Pass a ball to a colleague in another unit. It is yours until the colleague has said yes.
walk-employee-7 = See the list of plans that are drifting: those without a job goal or a next step.
walk-employee-8 = Press / and search for a citizen. You only find those you have a reason to see.

walk-tovholder-title = Walk with a coordinator
walk-tovholder-lead = You hold the threads for a citizen who gets help from several units.
walk-tovholder-1 = Open the joint plan. Everyone involved is on one page with picture, role and phone.
walk-tovholder-2 = Count how many professionals the citizen meets. Could there be fewer?
walk-tovholder-3 = See the timeline. Job, treatment and support lie side by side and not in a queue.
walk-tovholder-4 = Find a ball that has waited too long. Call the one who has it, or take it yourself.
walk-tovholder-5 = See what the citizen has agreed that you may share. Nobody sees more than that.
walk-tovholder-6 = Hand the plan to a new coordinator. Write the reason, and read what the citizen wants the new one to know.
walk-tovholder-7 = See that there is exactly one coordinator on every single day, also on the day of the change.

walk-consultant-title = Walk with a company consultant
walk-consultant-lead = You are the municipality's one entrance for companies.
walk-consultant-1 = Find a company. See visits, agreements and needs on the same page.
walk-consultant-2 = Write down a new need: what, how many hours and from when.
walk-consultant-3 = See suggested citizens who have agreed to be asked. The reason stands beside each. You choose.
walk-consultant-4 = Create a placement. The rules on length and number are worked out for the date, and the answer is in words.
walk-consultant-5 = Enter paid hours from the first week, and let them rise.
walk-consultant-6 = Open the link the company gets. It answers two questions without logging in.
walk-consultant-7 = See who is to be called this week.

walk-team-title = Walk with a team
walk-team-lead = You govern yourselves. Once a week you meet at the board.
walk-team-0 = Open the team's page. See which plans are drifting, and what you can do about it.
walk-team-1 = Open the team's page. See your short and long goals.
walk-team-2 = Go through the open balls. Each ball has one who holds it.
walk-team-3 = Fill in the month's status sheet. The numbers are there already; you write what they mean.
walk-team-4 = Write a new experiment: what you will try, for how long and what you hope to see.
walk-team-5 = Close an old one. Dropping it counts as much as keeping it, once you have learned something.
walk-team-6 = See when you have set time aside for reflection, and what you wrote last.

walk-leader-title = Walk with a leader
walk-leader-lead = You want to know whether you are moving the right way.
walk-leader-0 = Open the team's page. See which plans are drifting, and who holds them.
walk-leader-1 = Open Figures. At the top stands the question, and at each goal the answer in one sentence.
walk-leader-2 = Look at the chart. The field behind the line shows how much the figure usually swings.
walk-leader-3 = Open the number's explanation: how it is worked out, from which date and from how many.
walk-leader-4 = Compare with the budget and with other municipalities. Small groups are hidden, so that nobody can be recognised.
walk-leader-5 = See how many citizens have had the same coordinator for a year.
walk-leader-6 = Read the survey of how the units work together. Where do two groups see it differently?
walk-leader-7 = Read a good story that the citizen has agreed to share.
walk-leader-8 = Get the month's report. It can be read, printed and opened in Excel.
