using Delegation.Contracts.V1;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;

namespace Delegation.Contracts.Tests.TitleToOperate;

/// <summary>
/// The slow and obvious way: what is known is told to a calendar that has a cell for each day of each act. Days are crossed out and filled
/// in one by one, a term after the other; nothing is computed from a formula.
/// </summary>
internal sealed class DayByDay
{
    public static readonly DateOnly First = Life.Start.AddDays(-120);
    private const int Days = 1400;

    private readonly Dictionary<Guid, bool[]> _letters = [];
    private readonly Dictionary<Guid, Contract> _contracts = [];
    private readonly Dictionary<Guid, DateTimeOffset> _signed = [];

    public DayByDay(IEnumerable<Happening> known)
    {
        foreach (var happening in known)
            Tell(happening);
        foreach (var contract in _contracts.Values)
            contract.Fill();
    }

    /// <summary>The title of a day: its kind, its object and its amendment; null for a breach.</summary>
    public (Kind Kind, Guid Id, Guid? Amendment)? On(DateOnly day)
    {
        var cell = day.DayNumber - First.DayNumber;
        var contract = _contracts.Where(pair => pair.Value.Covered[cell]).OrderByDescending(pair => pair.Value.LatestAct(day)).Select(pair => (Guid?)pair.Key).FirstOrDefault();
        if (contract is { } id)
            return (Kind.Contract, id, _contracts[id].AmendmentOn(day));
        if (_letters.Where(pair => pair.Value[cell]).OrderByDescending(pair => _signed[pair.Key]).Select(pair => (Guid?)pair.Key).FirstOrDefault() is { } letter)
            return (Kind.LetterOfEngagement, letter, null);

        return _contracts.Where(pair => pair.Value.RunOff[cell]).OrderByDescending(pair => _signed[pair.Key]).Select(pair => (Guid?)pair.Key).FirstOrDefault() is { } survivor
            ? (Kind.Survival, survivor, null)
            : null;
    }

    /// <summary>Why a day without a title has none: nothing yet, something to come, or something that is over.</summary>
    public bool IsPlausible(DateOnly day, TitleBreach breach)
    {
        var cells = day.DayNumber - First.DayNumber;
        var titles = _letters.Values.Concat(_contracts.Values.SelectMany(contract => new[] { contract.Covered, contract.RunOff })).ToArray();
        var over = titles.Any(title => title.Take(cells).Any(covered => covered));
        var ahead = titles.Any(title => title.Skip(cells).Any(covered => covered));
        return breach switch
        {
            TitleBreach.NoTitle => !over && !ahead,
            TitleBreach.NotYetEffective => !over && ahead,
            TitleBreach.LetterExpired or TitleBreach.LetterTerminated => over && _letters.Count > 0,
            TitleBreach.ContractExpired or TitleBreach.ContractTerminated or TitleBreach.RunOffOver => over && _contracts.Count > 0,
            _ => false,
        };
    }

    private void Tell(Happening happening)
    {
        switch (happening)
        {
            case Happening.LetterSigned letter:
                _signed[letter.Letter] = letter.Time;
                Fill(_letters[letter.Letter] = new bool[Days], letter.From, letter.To);
                break;
            case Happening.LetterReplaced letter:
                CrossOut(_letters[letter.Letter], letter.On);
                break;
            case Happening.LetterEnded letter:
                CrossOut(_letters[letter.Letter], letter.Last.AddDays(1));
                break;
            case Happening.ContractSigned { Amends: null } contract:
                _signed[contract.Id] = contract.Time;
                _contracts[contract.Id] = new Contract(contract);
                break;
            case Happening.ContractSigned { Amends: { } amended } amendment:
                _contracts[amended].Amendments.Add(amendment);
                break;
            case Happening.ContractReplaced contract:
                _contracts[contract.Contract].ReplacedOn = contract.On;
                break;
            case Happening.NoticeGiven notice:
                _contracts[notice.Contract].End = (notice.Last, DateOnly.FromDateTime(notice.Time.DateTime).AddMonths(notice.TransitionMonths).AddDays(-1));
                break;
            case Happening.EndAgreed agreed:
                _contracts[agreed.Contract].End = (agreed.Last, agreed.Transition);
                break;
        }
    }

    private static void Fill(bool[] cells, DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
            if (day.DayNumber - First.DayNumber is >= 0 and < Days and var cell)
                cells[cell] = true;
    }

    private static void CrossOut(bool[] cells, DateOnly from)
    {
        for (var cell = Math.Max(0, from.DayNumber - First.DayNumber); cell < Days; cell++)
            cells[cell] = false;
    }

    private sealed class Contract(Happening.ContractSigned signed)
    {
        public bool[] Covered { get; } = new bool[Days];

        public bool[] RunOff { get; } = new bool[Days];

        public List<Happening.ContractSigned> Amendments { get; } = [];

        public (DateOnly Last, DateOnly Transition)? End { get; set; }

        public DateOnly? ReplacedOn { get; set; }

        public Guid? AmendmentOn(DateOnly day) => Amendments.LastOrDefault(amendment => amendment.From <= day)?.Id;

        public DateTimeOffset LatestAct(DateOnly day) => Amendments.LastOrDefault(amendment => amendment.From <= day)?.Time ?? signed.Time;

        public void Fill()
        {
            var duration = Amendments.LastOrDefault(amendment => amendment.Duration is not null)?.Duration ?? signed.Duration!;
            var lastCell = First.AddDays(Days - 1);

            // A term after the other; without an end the calendar is full.
            for (var terms = 0; terms == 0 || (duration.TermMonths > 0 && duration.RenewalMonths > 0 && terms < 60); terms++)
            {
                var to = duration.TermMonths == 0 ? lastCell : signed.From.AddMonths(duration.TermMonths + (terms * duration.RenewalMonths)).AddDays(-1);
                DayByDay.Fill(Covered, signed.From, to);
            }

            // An end on a day after which the contract holds anyway: it holds up to that day, and for the transition.
            if (End is { } end && Covered.Skip(Math.Max(0, end.Last.DayNumber - First.DayNumber + 1)).Any(covered => covered))
            {
                CrossOut(Covered, end.Last.AddDays(1));
                DayByDay.Fill(Covered, end.Last.AddDays(1), end.Transition);
            }

            var ended = ReplacedOn is null || !Covered.Skip(Math.Max(0, ReplacedOn.Value.DayNumber - First.DayNumber)).Any(covered => covered);
            if (ReplacedOn is { } on && !ended)
                CrossOut(Covered, on);
            else if (Array.LastIndexOf(Covered, true) is var last and >= 0 and < Days - 1)
                DayByDay.Fill(RunOff, First.AddDays(last + 1), First.AddDays(last + 1).AddMonths(duration.RunOffMonths).AddDays(-1));
        }
    }
}
