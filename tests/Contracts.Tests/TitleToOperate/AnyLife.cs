using Delegation.Access.V1;
using Delegation.Contracts.Contracting;
using Delegation.Contracts.Delegations;
using Delegation.Contracts.LetterOfEngagement;
using Delegation.Contracts.Negotiation;
using Delegation.Contracts.TitleToOperate;
using Delegation.Contracts.V1;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using State = Delegation.Contracts.V1.Contract.Types.State;

namespace Delegation.Contracts.Tests.TitleToOperate;

/// <summary>Something that one or both sides do on a day.</summary>
/// <param name="After">Days after the act before.</param>
/// <param name="What">Which act.</param>
/// <param name="Offset">Of the day that it is about, from today.</param>
/// <param name="Months">Term, renewal, transition and run-off.</param>
/// <param name="Side">Who gives notice, or agrees first.</param>
/// <param name="Ground">Of the notice.</param>
internal sealed record Act(int After, Act.Kind What, int Offset, (int Term, int Renewal, int Transition, int RunOff) Months, Side Side, TerminationGround Ground)
{
    internal enum Kind
    {
        Letter,
        EndLetter,
        Contract,
        Amend,
        Notice,
        Consent,
    }
}

/// <summary>
/// Letters, contracts, amendments, notices and terminations, by one side or by consent, as the decisions of the service let them happen: what they refuse does not. Beside the rows it
/// keeps what happened in its own words, for a model to judge by.
/// </summary>
internal sealed class Life
{
    public static readonly DateOnly Start = new(2026, 1, 15);

    private static readonly Caller Insurer = new(Guid.CreateVersion7(), Guid.CreateVersion7(), new HashSet<string>()) { Side = Side.Insurer };
    private static readonly Caller Tpa = new(Guid.CreateVersion7(), Guid.CreateVersion7(), new HashSet<string>()) { Side = Side.Delegate };
    private static readonly SharedDelegation Between = new(
        Insurer.OrganizationId, Guid.CreateVersion7(), Tpa.OrganizationId, "open", "", new DelegationParty(), new DelegationParty(), new ReferenceData());

    private readonly List<LetterRow> _letters = [];
    private readonly List<ContractRow> _contracts = [];

    private Life(IEnumerable<Act> acts)
    {
        var (day, now) = (Start, new TimeOnly(9, 0));
        foreach (var act in acts)
        {
            day = day.AddDays(act.After);

            // One act after the other: commands on a delegation wait for each other, so that no two are of one instant.
            now = now.AddMinutes(1);
            Do(act, day, new DateTimeOffset(day.ToDateTime(now), TimeSpan.Zero));
        }

        Facts = [.. _letters.SelectMany(Of).Concat(ContractTitles.Facts([.. _contracts.Where(contract => contract.InForceTime is not null).Select(Of)])).OrderBy(fact => fact.KnownTime)];
    }

    public static Arbitrary<Life> Any { get; } = (
        from acts in Gen.Sized(size => AnyAct.ListOf(Math.Min(2 + (size / 8), 12)))
        select new Life(acts)).ToArbitrary();

    public IReadOnlyList<TitleFact> Facts { get; }

    /// <summary>What happened, told in the order in which it did.</summary>
    public List<Happening> Happenings { get; } = [];

    public override string ToString() => string.Join('\n', Happenings.Select(happening => happening.ToString()));

    private static Gen<Act> AnyAct =>
        from after in Gen.Choose(0, 60)
        from what in Gen.Frequency((3, Gen.Constant(Act.Kind.Letter)), (1, Gen.Constant(Act.Kind.EndLetter)), (4, Gen.Constant(Act.Kind.Contract)), (4, Gen.Constant(Act.Kind.Amend)), (4, Gen.Constant(Act.Kind.Notice)), (3, Gen.Constant(Act.Kind.Consent)))
        from offset in Gen.Choose(-50, 120)
        from term in Gen.Elements(0, 1, 3, 6)
        from renewal in Gen.Elements(0, 0, 1, 4)
        from transition in Gen.Elements(0, 1, 3)
        from runOff in Gen.Elements(0, 2, 3)
        from side in Gen.Elements(Side.Insurer, Side.Delegate)
        from ground in Gen.Elements(TerminationGround.WithNotice, TerminationGround.NonRenewal, TerminationGround.ForCause)
        select new Act(after, what, offset, (term, renewal, transition, runOff), side, ground);

    private static ContractDuration Duration(Act act) => new()
    {
        TermMonths = act.Months.Term, RenewalMonths = act.Months.Renewal, NoticeMonthsInsurer = 1, NoticeMonthsDelegate = 2, NoticeMonthsCause = 1,
        TransitionMonths = act.Months.Transition, RunOffMonths = act.Months.RunOff,
    };

    private void Do(Act act, DateOnly today, DateTimeOffset now)
    {
        var day = today.AddDays(act.Offset);
        var contract = _contracts.LastOrDefault(row => !row.IsAmendment && row.IsIn(State.InForce));
        switch (act.What)
        {
            case Act.Kind.Letter:
                SignLetter(day, day.AddDays(70), now);
                break;
            case Act.Kind.EndLetter when _letters.FindIndex(letter => letter.IsIn(Letter.Types.State.InForce)) is >= 0 and var place:
                EndLetter(place, day, now);
                break;
            case Act.Kind.Contract:
                SignContract(Row(day, null, Duration(act)), now);
                break;
            case Act.Kind.Amend when contract is not null:
                SignContract(Row(day, contract.Id, act.Ground == TerminationGround.ForCause ? Duration(act) : null), now);
                break;
            case Act.Kind.Notice when contract is not null:
                GiveNotice(contract, act, day, now);
                break;
            case Act.Kind.Consent when contract is not null:
                AgreeToEnd(contract, act, day, now);
                break;
        }
    }

    private void SignLetter(DateOnly effective, DateOnly end, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        if (_letters.FindIndex(letter => letter.IsIn(Letter.Types.State.InForce)) is >= 0 and var former)
        {
            _letters[former] = Signing.Supersede(_letters[former], effective, now);
            Happenings.Add(new Happening.LetterReplaced(now, _letters[former].Id, effective));
        }

        _letters.Add(new LetterRow
        {
            OwnerId = Between.InsurerId, DelegationId = Between.Id, DelegateId = Between.DelegateId, Id = id, State = Letter.Types.State.InForce.Stored(), Terms = "[]", DueAnnexes = "[]",
            ScopeLines = "[]", EffectiveDay = effective, EndDay = end, CreateTime = now.UtcDateTime, InForceTime = now.UtcDateTime, Revision = 1,
        });
        Happenings.Add(new Happening.LetterSigned(now, id, effective, end));
    }

    private void EndLetter(int place, DateOnly last, DateTimeOffset now)
    {
        var letter = _letters[place];
        foreach (var caller in new[] { Insurer, Tpa })
        {
            var request = new TerminateLetterRequest { LastDay = DayField.Write(last), Etag = Persistence.Commands.Etag.Of(letter.Id, letter.Revision) };
            if (Terminating.Consent(request, letter, caller, now) is not Outcome<LetterRow>.Accepted accepted)
                return;
            letter = accepted.Value;
        }

        _letters[place] = letter;
        Happenings.Add(new Happening.LetterEnded(now, letter.Id, last));
    }

    private void SignContract(ContractRow row, DateTimeOffset now)
    {
        var amended = _contracts.Find(other => other.Id == row.AmendsId);
        var matters = new Matters([], new ContractCoverage(), [], null, amended, new HashSet<string>());
        var missing = Readiness.MissingToSign(row, matters).Where(condition => condition.Type.StartsWith("AMENDED", StringComparison.Ordinal)).ToArray();
        foreach (var caller in new[] { Tpa, Insurer })
        {
            if (ContractSigning.Sign(row, row.DocumentSha256, caller, "", Between, missing, now) is not Outcome<ContractRow>.Accepted accepted)
                return;
            row = accepted.Value;
        }

        Happenings.Add(new Happening.ContractSigned(now, row.Id, row.AmendsId, row.EffectiveDay, row.ReadDuration()));
        if (amended is not null)
            Put(ContractSigning.Amend(amended, row));
        else
            Replace(row, now);
        _contracts.Add(row);
    }

    private void Replace(ContractRow successor, DateTimeOffset now)
    {
        foreach (var former in _contracts.Where(row => !row.IsAmendment && row.IsIn(State.InForce)).ToArray())
            if (ContractSigning.Supersede(former, successor, now) is { } superseded)
            {
                Put(superseded);
                Happenings.Add(new Happening.ContractReplaced(now, former.Id, successor.EffectiveDay));
            }

        if (_letters.FindIndex(letter => letter.IsIn(Letter.Types.State.InForce) && letter.EndDay >= successor.EffectiveDay.AddDays(-1)) is >= 0 and var place)
        {
            _letters[place] = Signing.Supersede(_letters[place], successor.EffectiveDay, now);
            Happenings.Add(new Happening.LetterReplaced(now, _letters[place].Id, successor.EffectiveDay));
        }
    }

    private void GiveNotice(ContractRow contract, Act act, DateOnly last, DateTimeOffset now)
    {
        if (act.Ground == TerminationGround.NonRenewal && contract.EffectiveDay <= last)
            last = ContractPeriods.Of(contract.EffectiveDay, contract.DurationInForce()).TermEnd(last) ?? last;
        var request = new TerminateContractRequest { Ground = act.Ground, LastDay = DayField.Write(last), Comment = "Motif", Etag = contract.Etag };
        if (Notices.Give(request, contract, act.Side == Side.Insurer ? Insurer : Tpa, now) is not Outcome<ContractRow>.Accepted accepted)
            return;

        Put(accepted.Value);
        Happenings.Add(new Happening.NoticeGiven(now, contract.Id, last, contract.DurationInForce().TransitionMonths));
    }

    // One side, or one after the other: by one alone nothing happens, unless the other had agreed to the same days before.
    private void AgreeToEnd(ContractRow contract, Act act, DateOnly last, DateTimeOffset now)
    {
        var (first, second) = act.Side == Side.Insurer ? (Insurer, Tpa) : (Tpa, Insurer);
        foreach (var caller in act.Ground == TerminationGround.ForCause ? [first] : new[] { first, second })
        {
            var transition = last.AddDays(20 * act.Months.Transition);
            var request = new TerminateByConsentRequest { LastDay = DayField.Write(last), TransitionEndDay = DayField.Write(transition), Etag = contract.Etag };
            if (MutualTermination.Consent(request, contract, caller, now) is not Outcome<ContractRow>.Accepted accepted)
                return;

            Put(contract = accepted.Value);
            if (contract.ProposedTermination is null)
            {
                Happenings.Add(new Happening.EndAgreed(now, contract.Id, last, transition));
                return;
            }
        }
    }

    private void Put(ContractRow? changed)
    {
        if (changed is not null)
            _contracts[_contracts.FindIndex(row => row.Id == changed.Id)] = changed;
    }

    private ContractRow Row(DateOnly effective, Guid? amends, ContractDuration? duration) => new()
    {
        OwnerId = Between.InsurerId, DelegationId = Between.Id, DelegateId = Between.DelegateId, Id = Guid.CreateVersion7(), Number = _contracts.Count + 1,
        Kind = amends is null ? "contract" : "amendment", AmendsId = amends, State = State.Issued.Stored(), Title = "", EffectiveDay = effective, ReviewDays = 10, DraftedBy = "insurer",
        CreateTime = default, Duration = duration is null ? null : JsonFormatter.Default.Format(duration), DocumentSha256 = new string('a', 64), ContentRevision = 1, Revision = 1,
    };

    private static SignedContract Of(ContractRow row) => new()
    {
        Id = row.Id, AmendsId = row.AmendsId, EffectiveDay = row.EffectiveDay, Duration = row.Duration, DocumentSha256 = row.DocumentSha256, ScopeLines = "[]", Notices = row.Notices,
        InForceTime = row.InForceTime!.Value, SupersededOnDay = row.SupersededOnDay, SupersedeTime = row.SupersedeTime,
    };

    private static IEnumerable<TitleFact> Of(LetterRow row) => new SignedLetter
    {
        Id = row.Id, EffectiveDay = row.EffectiveDay!.Value, EndDay = row.EndDay!.Value, TextSha256 = "", ScopeLines = "[]", InForceTime = row.InForceTime!.Value,
        SupersededOnDay = row.SupersededOnDay, SupersedeTime = row.SupersedeTime, LastDay = row.LastDay, TerminateTime = row.TerminateTime,
    }.Facts();
}
