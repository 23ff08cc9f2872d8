### How a timeline tells each fact. The key is `fact-` and the kind with dashes
### (event.proposed: fact-event-proposed).

fact-other = Bir şey değişti.
