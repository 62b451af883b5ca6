using System.Security.Cryptography;
using Delegation.Delivery.V1;
using Delegation.Persistence.Files;
using Delegation.ProjectDelivery.Scoping.Grid;
using Delegation.ServiceDefaults.Errors;

namespace Delegation.ProjectDelivery.Scoping.Answers;

/// <summary>Reads the upload of a guarantee grid: the file's name, type and hash, and each of its cells.</summary>
internal static class GridUpload
{
    private const string MediaType = "text/csv";

    private static readonly FieldViolation HashDiffers = new(
        "sha256", "SHA256_DIFFERS", new("The bytes that arrived do not have this SHA-256.", "Les octets arrivés n'ont pas cette empreinte SHA-256."),
        new("Send the whole file again; nothing of it was kept.", "Envoyez de nouveau le fichier entier ; rien n'en a été conservé."));

    public static GuaranteeGrid Read(UploadGuaranteeGridRequest request, ICollection<FieldViolation> violations)
    {
        var name = FileName.Read("file_name", request.FileName, FileType.Read(MediaType, violations), violations);
        var type = (request.File?.ContentType ?? "").Split(';')[0].Trim();
        if (!type.Equals(MediaType, StringComparison.OrdinalIgnoreCase))
            violations.Add(type.Length == 0 ? GridViolations.TypeRequired : GridViolations.TypeUnknown);

        var bytes = request.File is null ? [] : request.File.Data.Span;
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (request.Sha256.Length > 0 && FileHash.Read("sha256", request.Sha256, violations) is { } said && said != hash)
            violations.Add(HashDiffers);

        var lines = GridFile.Read(bytes, violations) ?? [];
        return new GuaranteeGrid { FileName = name ?? "", FileSha256 = hash, Lines = { lines } };
    }
}
