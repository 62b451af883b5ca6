using System.Security.Cryptography;
using Delegation.Persistence.Migrations;
using Delegation.Persistence.Provisioning;

namespace Delegation.Persistence.Tests.Provisioning;

public sealed class Password_verifiers
{
    /// <summary>The exchange printed in RFC 7677 §3 ends with a signature of the server: our key must give the same.</summary>
    [Fact]
    public void The_server_key_gives_the_signature_of_the_rfc()
    {
        const string Exchange =
            "n=user,r=rOprNGfwEbeRWgbNEkqO,"
            + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

        var verifier = ScramVerifier.Of("pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
        var serverKey = Convert.FromBase64String(verifier[(verifier.LastIndexOf(':') + 1)..]);

        Assert.StartsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$", verifier, StringComparison.Ordinal);
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(HMACSHA256.HashData(serverKey, System.Text.Encoding.ASCII.GetBytes(Exchange))));
    }

    [Fact]
    public void Two_verifiers_of_one_password_have_different_salts() => Assert.NotEqual(ScramVerifier.Of("pencil"), ScramVerifier.Of("pencil"));

    [Theory]
    [InlineData("")]
    [InlineData("clé")]
    [InlineData("a\nb")]
    public void A_password_that_client_and_server_could_read_differently_is_refused(string password) =>
        Assert.Throws<MigrationException>(() => ScramVerifier.Of(password));
}
