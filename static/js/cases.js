/* A dental case's form: the kind of work says whether teeth, jaw and shade are asked and of what it may be made.
   Fields that are not asked are closed; the server judges all the same. */
for (const fields of document.querySelectorAll("[data-asks]")) {
  const asks = JSON.parse(fields.dataset.asks);
  const at = (name) => fields.querySelector(`[name="${name}"]`);
  const [work, teeth, jaw, shade, material] = ["work", "teeth", "jaw", "shade", "material"].map(at);
  const lead = () => {
    const asked = asks[work.value];
    if (!asked) return;
    teeth.disabled = asked.where === "arch";
    jaw.disabled = asked.where !== "arch" && asked.where !== "arch_teeth";
    shade.disabled = !asked.shaded;
    for (const one of material.options) {
      one.hidden = one.disabled = one.value !== "" && !asked.materials.includes(one.value);
    }
    if (material.selectedOptions[0]?.disabled) material.value = "";
  };
  work.addEventListener("change", lead);
  lead();
}
