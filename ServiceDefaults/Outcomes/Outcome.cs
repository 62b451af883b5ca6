using Delegation.ServiceDefaults.Errors;

namespace Delegation.ServiceDefaults.Outcomes;

/// <summary>
/// What a decision comes to. The set is closed: <see cref="Match{TResult}"/> demands a delegate per case, so that a new case does not
/// compile before everybody handles it. Exceptions remain for bugs and outages.
/// </summary>
/// <typeparam name="T">What an accepted decision gives.</typeparam>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    /// <summary>Continues with the one delegate that fits.</summary>
    public TResult Match<TResult>(
        Func<Accepted, TResult> accepted,
        Func<Invalid, TResult> invalid,
        Func<NotFound, TResult> notFound,
        Func<Refused, TResult> refused,
        Func<Stale, TResult> stale,
        Func<Conflict, TResult> conflict) => this switch
        {
            Accepted outcome => accepted(outcome),
            Invalid outcome => invalid(outcome),
            NotFound outcome => notFound(outcome),
            Refused outcome => refused(outcome),
            Stale outcome => stale(outcome),
            Conflict outcome => conflict(outcome),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>Goes on with what an accepted outcome gives, such as saving it; any other outcome stays what it is.</summary>
    public Task<Outcome<TNext>> ThenAsync<TNext>(Func<T, Task<Outcome<TNext>>> next) => Continue<TNext, Task<Outcome<TNext>>>(next, Task.FromResult);

    /// <summary>Says what an accepted outcome gives in another form; any other outcome stays what it is.</summary>
    public Outcome<TNext> Map<TNext>(Func<T, TNext> map) => Continue<TNext, Outcome<TNext>>(value => new Outcome<TNext>.Accepted(map(value)), stays => stays);

    private TResult Continue<TNext, TResult>(Func<T, TResult> next, Func<Outcome<TNext>, TResult> stay) => Match(
        accepted => next(accepted.Value),
        invalid => stay(new Outcome<TNext>.Invalid(invalid.Violations)),
        notFound => stay(new Outcome<TNext>.NotFound(notFound.Reason, notFound.Message)),
        refused => stay(new Outcome<TNext>.Refused(refused.Reason, refused.Message, refused.Conditions)),
        stale => stay(new Outcome<TNext>.Stale()),
        conflict => stay(new Outcome<TNext>.Conflict(conflict.Reason, conflict.Message)));

    /// <summary>The command or query is right; this is its result.</summary>
    public sealed record Accepted(T Value) : Outcome<T>;

    /// <summary>Fields of the request break rules: all that do, at once.</summary>
    public sealed record Invalid(params IReadOnlyList<FieldViolation> Violations) : Outcome<T>;

    /// <summary>What the request names is not there, or not for this caller.</summary>
    /// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
    /// <param name="Message">The same in words.</param>
    public sealed record NotFound(string Reason, LocalizedText Message) : Outcome<T>;

    /// <summary>A rule of the business says no in this state of things; repeating the request does not help.</summary>
    /// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
    /// <param name="Message">The same in words.</param>
    /// <param name="Conditions">What would have to be so, each on its own; may be none when the message says it all.</param>
    public sealed record Refused(string Reason, LocalizedText Message, params IReadOnlyList<UnmetCondition> Conditions) : Outcome<T>;

    /// <summary>The object changed after the caller read it: the request's etag is that of an earlier revision.</summary>
    public sealed record Stale : Outcome<T>;

    /// <summary>What the request wants to make is there already, in another form.</summary>
    /// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
    /// <param name="Message">The same in words.</param>
    public sealed record Conflict(string Reason, LocalizedText Message) : Outcome<T>;
}
