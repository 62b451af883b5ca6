using System.Globalization;
using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Grpc.Core;
using Kind = Delegation.Contracts.V1.Title.Types.Kind;
using TitleKind = Delegation.Delivery.V1.TitleKind;

namespace Delegation.ProjectDelivery.Projects;

/// <summary>Asks Contracts, in the name of the caller that is being served, under which title a delegation operates.</summary>
internal sealed class TitlesOfContracts(Titles.TitlesClient contracts)
{
    /// <exception cref="RpcException">
    /// UNAVAILABLE or DEADLINE_EXCEEDED: Contracts does not answer. What it refuses the caller, who was let in here: it knows of memberships and
    /// delegations first, and this service a moment later.
    /// </exception>
    public async Task<TitleAnswer> PrevailingAsync(Guid delegationId, DateOnly day, CancellationToken cancellationToken)
    {
        var request = new GetTitleRequest { DelegationId = delegationId.ToString(), Day = DayField.Write(day) };
        var answer = await AskAsync(request, cancellationToken);
        return answer.Title is { } title
            ? new TitleAnswer(Read(title, answer), Breach: null)
            : new TitleAnswer(Title: null, new Breach(Reason(answer.Breach), answer.Explanation));
    }

    private async Task<Contracts.V1.TitleAnswer> AskAsync(GetTitleRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await contracts.GetTitleAsync(request, cancellationToken: cancellationToken);
        }
        catch (RpcException refused) when (refused.StatusCode
            is StatusCode.Unauthenticated or StatusCode.PermissionDenied or StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
            throw RpcErrors.PassOn(refused);
        }
    }

    private static Title Read(Contracts.V1.Title title, Contracts.V1.TitleAnswer answer) => new(
        KindOf(title.Kind), Guid.Parse(title.ObjectId), Day(title.EffectiveDay), title.LastDay.Length == 0 ? null : Day(title.LastDay), title.TextSha256,
        answer.KnownTime.ToDateTime(), answer.Revision);

    private static TitleKind KindOf(Kind kind) => kind switch
    {
        Kind.LetterOfEngagement => TitleKind.LetterOfEngagement,
        Kind.Contract => TitleKind.Contract,
        Kind.Survival => TitleKind.SurvivalClause,
        _ => throw new FormatException($"Contracts answered a title of the kind {kind}, which is not known here."),
    };

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Its name in the contract, as TITLE_BREACH_NO_TITLE.
    private static string Reason(TitleBreach breach) =>
        TitlesReflection.Descriptor.FindTypeByName<Google.Protobuf.Reflection.EnumDescriptor>(nameof(TitleBreach)).FindValueByNumber((int)breach)?.Name
        ?? throw new FormatException($"Contracts answered the breach {breach}, which is not known here.");
}
