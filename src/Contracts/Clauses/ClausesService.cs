using Delegation.Contracts.V1;
using Delegation.ServiceDefaults.Errors;
using Delegation.ServiceDefaults.Fields;
using Delegation.ServiceDefaults.Outcomes;
using Grpc.Core;

namespace Delegation.Contracts.Clauses;

/// <summary>The rpcs of <c>delegation.contracts.v1.Clauses</c>: the library is the same for all and needs no database.</summary>
internal sealed class ClausesService : V1.Clauses.ClausesBase
{
    private const int CodeLength = 40;

    private static readonly FieldViolation Negative = new(
        "library_version",
        "LIBRARY_VERSION_NEGATIVE",
        new("Versions are counted from 1.", "Les versions se comptent à partir de 1."),
        new("Give the number of a version, or nothing for the latest.", "Indiquez le numéro d'une version, ou rien pour la dernière."));

    private static readonly Outcome<LibraryVersion> VersionNotFound = new Outcome<LibraryVersion>.NotFound(
        "LIBRARY_VERSION_NOT_FOUND", new("The library has no such version.", "La bibliothèque n'a pas cette version."));

    private static readonly Outcome<LibraryClause> ClauseNotFound = new Outcome<LibraryClause>.NotFound(
        "CLAUSE_NOT_FOUND", new("This version of the library has no such clause.", "Cette version de la bibliothèque n'a pas cette clause."));

    public override Task<ListClausesResponse> ListClauses(ListClausesRequest request, ServerCallContext context)
    {
        var version = Find(request.LibraryVersion, []).ValueOrStatus();

        return Task.FromResult(new ListClausesResponse
        {
            LibraryVersion = version.Number,
            LatestLibraryVersion = ClauseLibrary.Own.Latest.Number,
            PublishDay = DayField.Write(version.PublishDay),
            Sha256 = version.Sha256,
            Clauses = { version.Clauses.Select(clause => clause.ToMessage(version.Number)) },
            Parameters = { version.Parameters },
        });
    }

    public override Task<Clause> GetClause(GetClauseRequest request, ServerCallContext context)
    {
        var violations = new List<FieldViolation>();
        var code = TextField.ReadLine("clause_code", request.ClauseCode, CodeLength, violations);
        var version = Find(request.LibraryVersion, violations).ValueOrStatus();
        var found = version.Find(code!) is { } clause ? new Outcome<LibraryClause>.Accepted(clause) : ClauseNotFound;

        return Task.FromResult(found.ValueOrStatus().ToMessage(version.Number));
    }

    private static Outcome<LibraryVersion> Find(int number, List<FieldViolation> violations)
    {
        if (number < 0)
            violations.Add(Negative);
        if (violations.Count > 0)
            return new Outcome<LibraryVersion>.Invalid(violations);

        return ClauseLibrary.Own.Find(number) is { } version ? new Outcome<LibraryVersion>.Accepted(version) : VersionNotFound;
    }
}
