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
    public abstract TResult Match<TResult>(Func<Accepted, TResult> accepted, Func<Invalid, TResult> invalid, Func<NotFound, TResult> notFound);

    /// <summary>The command or query is right; this is its result.</summary>
    public sealed record Accepted(T Value) : Outcome<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Accepted, TResult> accepted, Func<Invalid, TResult> invalid, Func<NotFound, TResult> notFound) => accepted(this);
    }

    /// <summary>Fields of the request break rules: all that do, at once.</summary>
    public sealed record Invalid(params IReadOnlyList<FieldViolation> Violations) : Outcome<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Accepted, TResult> accepted, Func<Invalid, TResult> invalid, Func<NotFound, TResult> notFound) => invalid(this);
    }

    /// <summary>What the request names is not there, or not for this caller.</summary>
    /// <param name="Reason">Stable and UPPER_SNAKE_CASE.</param>
    /// <param name="Message">The same in words.</param>
    public sealed record NotFound(string Reason, LocalizedText Message) : Outcome<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<Accepted, TResult> accepted, Func<Invalid, TResult> invalid, Func<NotFound, TResult> notFound) => notFound(this);
    }
}
