using Delegation.Contracts.Clauses;
using Delegation.Contracts.Regulation;
using Delegation.Contracts.V1;

namespace Delegation.Contracts.Tests.Clauses;

public sealed class The_clause_library
{
    private static LibraryVersion Latest => ClauseLibrary.Own.Latest;

    [Fact]
    public void Every_family_has_a_clause_in_the_standard_contract() =>
        Assert.Equal(Enum.GetValues<ClauseFamily>().Except([ClauseFamily.Unspecified]), Latest.Standard.Select(clause => clause.Family).Distinct().Order());

    [Fact]
    public void Clauses_have_places_without_gap_and_codes_of_their_own()
    {
        Assert.Equal(Enumerable.Range(1, Latest.Standard.Count), Latest.Standard.Select(clause => clause.Place));
        Assert.Equal(Latest.Clauses.Count, Latest.Clauses.Select(clause => clause.Code).Distinct().Count());
        Assert.All(Latest.Clauses, clause => Assert.Equal(clause, Latest.Find(clause.Code)));
        Assert.Equal(["OPT-1", "OPT-2", "OPT-3"], Latest.Clauses.Where(clause => clause.Place == 0).Select(clause => clause.Code));
    }

    [Fact]
    public void Clauses_name_requirements_that_a_clause_can_satisfy() =>
        Assert.All(Latest.Clauses.SelectMany(clause => clause.RequirementIds), id => Assert.True(
            RequirementCatalogue.Find(id) is { } requirement && CoverageRule.TakesClauses(requirement), id));

    [Fact]
    public void Every_parameter_of_a_wording_is_declared_and_every_declared_one_is_used()
    {
        var used = Latest.Clauses.SelectMany(clause => clause.ToMessage(1).Parameters).Distinct();

        Assert.Equal(Latest.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
        Assert.All(Latest.Parameters, parameter => Assert.True(parameter.Label.Length > 0 && parameter.FrenchLabel.Length > 0, parameter.Name));
    }

    /// <summary>What differs from contract to contract, and what no source states, is a parameter and no figure of the text.</summary>
    [Fact]
    public void Filling_in_a_wording_leaves_only_what_the_parties_alone_know()
    {
        var values = new Dictionary<string, string>(Latest.Defaults) { ["insurer"] = "MGEN", ["delegate"] = "Gestion Santé" };

        var left = Latest.Clauses.SelectMany(clause => LibraryClause.ParametersOf(LibraryClause.Fill(clause.Wording, values))).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(["court_city", "delegate_siren", "effective_day", "insurance_amount", "insurer_siren", "liability_cap"], left);
        Assert.Contains("moyennant un préavis de 6 mois", LibraryClause.Fill(Latest.Find("REV-1")!.Wording, values), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_whole_paragraphs_without_marks_of_the_files()
    {
        var texts = Latest.Clauses.SelectMany(clause => clause.Fallbacks.Select(fallback => fallback.Wording).Append(clause.Wording));

        Assert.All(texts, text =>
        {
            Assert.DoesNotContain('#', text);
            Assert.DoesNotContain("requirements:", text, StringComparison.Ordinal);
            Assert.All(text.Split("\n\n"), paragraph => Assert.True(paragraph.EndsWith('.') && !paragraph.Contains('\n'), paragraph));
        });
        Assert.All(Latest.Clauses.SelectMany(clause => clause.Fallbacks), fallback => Assert.InRange(fallback.Title.Length, 5, 80));
        Assert.Equal(["AUD-5", "FIN-1", "OBJ-4", "PER-2", "REV-6", "REV-9", "SLA-2"],
            Latest.Clauses.Where(clause => clause.Fallbacks.Count > 0).Select(clause => clause.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_published_version_cannot_have_another_text()
    {
        var files = ClauseLibrary.Resources();
        Assert.All(files.Keys.Where(name => name.StartsWith("library/1/", StringComparison.Ordinal)), changed =>
        {
            var other = new Dictionary<string, string>(files) { [changed] = files[changed] + " " };
            Assert.Throws<InvalidDataException>(() => ClauseLibrary.Load(other));
        });

        Assert.Throws<InvalidDataException>(() => ClauseLibrary.Load(new Dictionary<string, string>(files) { ["library/1/14-more.md"] = "family: audit\n" }));
        Assert.Throws<InvalidDataException>(() => ClauseLibrary.Load(files.Where(file => file.Key != "library/1/09-audit.md").ToDictionary()));
    }

    [Fact]
    public void The_next_version_stands_beside_the_former_one()
    {
        var files = new Dictionary<string, string>(ClauseLibrary.Resources());
        foreach (var (name, content) in ClauseLibrary.Resources().Where(file => file.Key.StartsWith("library/1/", StringComparison.Ordinal)))
            files[name.Replace("/1/", "/2/", StringComparison.Ordinal)] = content.Replace("Audit par l'Assureur", "Audits de l'Assureur", StringComparison.Ordinal);
        var published = files["library/published.json"].TrimEnd().TrimEnd(']');
        files["library/published.json"] = $$"""{{published}}, { "version": 2, "publishDay": "2027-01-30", "sha256": "{{ClauseLibrary.Digest(2, files)}}" }]""";

        var library = ClauseLibrary.Load(files);

        Assert.Equal((2, 2, 1), (library.Latest.Number, library.Find(0)!.Number, library.Find(1)!.Number));
        Assert.Equal(("Audits de l'Assureur", "Audit par l'Assureur"), (library.Latest.Find("AUD-1")!.Title, library.Find(1)!.Find("AUD-1")!.Title));
        Assert.Null(library.Find(3));
    }
}
